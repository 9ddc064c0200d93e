"""Where the one key comes from that wraps all others: a file, a passphrase, or systemd.

The file is the default and has a plain limit: who takes the medium has both the data and the key.
In production systemd decrypts a credential that only this machine's TPM opens
(`LoadCredentialEncrypted=`, `systemd-creds encrypt --with-key=host+tpm2`), so that the medium
alone is worth nothing.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from edge.adapters.store.errors import KeyRefusedError
from edge.adapters.store.sealed.atomic_file import write_atomically

KEY_BYTES = 32
_SALT_BYTES = 16


class KeySource(Protocol):
    """Gives the wrapping key."""

    def read(self) -> bytes:
        """The key as it is; KeyRefusedError when there is none."""
        ...

    def make(self) -> bytes:
        """The key of a new store, where no data exist yet."""
        ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The key in a file that only its owner may read."""

    path: Path

    def read(self) -> bytes:
        """The key."""
        return _read_private(self.path)

    def make(self) -> bytes:
        """A new key, unless there is one."""
        if not self.path.exists():
            write_atomically(self.path, os.urandom(KEY_BYTES))
        return self.read()


@dataclass(frozen=True, slots=True)
class Credential:
    """The key that systemd has decrypted into `$CREDENTIALS_DIRECTORY`; never made by us."""

    folder: Path
    name: str = "doorstep-store"

    def read(self) -> bytes:
        """The key."""
        return _read_private(self.folder / self.name)

    def make(self) -> bytes:
        """The same: it is there before the first start."""
        return self.read()


@dataclass(frozen=True, slots=True)
class Passphrase:
    """The key that Argon2id makes of a passphrase; 19 MiB and 2 passes, OWASP's least.

    More memory would not fit beside the runtime's own 64 MiB.
    """

    words: str = field(repr=False)
    salt_file: Path

    def read(self) -> bytes:
        """The key."""
        derivation = Argon2id(
            salt=_read(self.salt_file), length=KEY_BYTES, iterations=2, lanes=1, memory_cost=19_456
        )
        return derivation.derive(self.words.encode())

    def make(self) -> bytes:
        """The key with a new salt, unless there is one."""
        if not self.salt_file.exists():
            write_atomically(self.salt_file, os.urandom(_SALT_BYTES))
        return self.read()


def _read_private(path: Path) -> bytes:
    """The key, if nobody else can read it.

    Raises:
        KeyRefusedError: It is missing, of the wrong length, or readable by others.
    """
    key = _read(path)
    if path.stat().st_mode & 0o077:
        raise KeyRefusedError(path.name, "must be readable by its owner alone (mode 0600)")
    if len(key) != KEY_BYTES:
        raise KeyRefusedError(path.name, f"must hold {KEY_BYTES} bytes")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyRefusedError(path.name, "cannot be read; without it the data stay shut") from error
