"""Where the one key comes from that wraps all others: a file, a passphrase, or systemd.

The file is the default and has a plain limit: who takes the medium has both the data and the key.
In production systemd decrypts a credential that only this machine's TPM opens
(`LoadCredentialEncrypted=`, `systemd-creds encrypt --with-key=host+tpm2`), so that the medium
alone is worth nothing.
"""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from edge.adapters.store.atomic_file import write_atomically
from edge.adapters.store.errors import KeyRefusedError

KEY_BYTES = 32
_SALT_BYTES = 16

KeySource = Callable[[bool], bytes]
"""Gives the wrapping key; the argument says whether it may be made now (no data exist yet)."""


def key_file(path: Path) -> KeySource:
    """The key in a file that only its owner may read."""

    def read(may_create: bool) -> bytes:  # noqa: FBT001 -- KeySource is called by position
        if may_create and not path.exists():
            write_atomically(path, os.urandom(KEY_BYTES))
        return _read_private(path)

    return read


def credential(folder: Path, name: str = "doorstep-store") -> KeySource:
    """The key that systemd has decrypted into `$CREDENTIALS_DIRECTORY`; never made by us."""

    def read(_may_create: bool) -> bytes:  # noqa: FBT001 -- KeySource is called by position
        return _read_private(folder / name)

    return read


def passphrase(words: str, salt_file: Path) -> KeySource:
    """The key that Argon2id makes of a passphrase; 19 MiB and 2 passes, OWASP's least.

    More memory would not fit beside the runtime's own 64 MiB.
    """

    def derive(may_create: bool) -> bytes:  # noqa: FBT001 -- KeySource is called by position
        if may_create and not salt_file.exists():
            write_atomically(salt_file, os.urandom(_SALT_BYTES))
        salt = _read(salt_file)
        return Argon2id(
            salt=salt, length=KEY_BYTES, iterations=2, lanes=1, memory_cost=19 * 1024
        ).derive(words.encode())

    return derive


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
