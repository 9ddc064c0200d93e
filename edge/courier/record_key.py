"""The courier's own key: it seals the egress record, and opens nothing."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_OWNER_ONLY = 0o600


def open_record_key(state: Path) -> Ed25519PrivateKey:
    """The key in the courier's folder, made on first use.

    Raises:
        OSError: It can be neither read nor written.
        ValueError: The file is no key.
    """
    path = state / "record.key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        _write(path, Ed25519PrivateKey.generate().private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: half a key would seal nothing ever again."""
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    partial.replace(path)
