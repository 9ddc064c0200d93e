"""The home's own key for its dice: drawn once, kept with the home, never sent anywhere."""

import os
from pathlib import Path
from secrets import token_bytes

from edge.errors import StoreError
from edge.matching.dice import Dice

OWNER_ONLY = 0o600
KEY_BYTES = 32


def open_dice(folder: Path) -> Dice:
    """The dice with the key in the folder; drawn first where there is none.

    Raises:
        StoreError: It can be neither read nor made, or is not a key.
    """
    path = folder / "dice.key"
    try:
        if not path.exists():
            _write(path, token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be used: {error.strerror}"
        raise StoreError(message) from error
    if len(key) != KEY_BYTES:
        message = f"{path} is not a key of {KEY_BYTES} bytes"
        raise StoreError(message)
    return Dice(key=key)


def _write(path: Path, key: bytes) -> None:
    """Whole or not at all: a power cut leaves no half key behind."""
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    with os.fdopen(
        os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb"
    ) as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
