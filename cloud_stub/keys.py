"""The signing keys: one Ed25519 key per role, each in a file that only its owner may read."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner

KEYS = ("root", "timestamp", "snapshot", "targets", "offers")
"""One for each of TUF's top-level roles, and one for all delegated categories."""


class KeyRing:
    """The keys in one folder, each made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signer(self, name: str) -> CryptoSigner:
        """The present key of that name."""
        path = self._path(name)
        if not path.exists():
            write_private(path, _fresh())
        return _load(path)

    def signers(self, name: str) -> list[CryptoSigner]:
        """The present key and the one before it, with which a new root must be signed as well."""
        previous = self._path(f"{name}.previous")
        return [self.signer(name), *([_load(previous)] if previous.exists() else [])]

    def replace(self, name: str) -> None:
        """Put a new key in the place of the present one; the repository must then publish."""
        self.signer(name)
        path = self._path(name)
        write_private(self._path(f"{name}.previous"), path.read_bytes())
        write_private(path, _fresh())

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.pem"


def _fresh() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _load(path: Path) -> CryptoSigner:
    return CryptoSigner(load_pem_private_key(path.read_bytes(), password=None))


def write_private(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, readable by its owner alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    partial.replace(path)
