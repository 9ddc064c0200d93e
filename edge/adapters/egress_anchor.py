"""Remembers how far the egress record had come when it was last found whole."""

import os
from pathlib import Path

import msgspec

from edge.adapters.egress_chain import Anchor

_FILE_BYTES = 4 * 1024
_OWNER_ONLY = 0o600


def read_anchor(path: Path) -> Anchor | None:
    """What was remembered; None when nothing was. Blocks.

    Raises:
        ValueError: The file is not what we wrote.
        OSError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_FILE_BYTES), type=Anchor)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        message = "what was remembered of the egress record is unreadable"
        raise ValueError(message) from error


def write_anchor(path: Path, anchor: Anchor) -> None:
    """Remember it, whole or not at all. Blocks."""
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(anchor))
        file.flush()
        os.fsync(descriptor)
    partial.replace(path)
