"""A file that is only there to be deleted: room to forget in when the disk is full.

SQLite needs room in its log to delete anything. Random bytes, so that no file system compresses
them away.
"""

import os
from pathlib import Path

from edge.adapters.store.errors import StoreFullError
from edge.adapters.store.sealed.atomic_file import write_atomically

BALLAST_BYTES = 1 << 20
"""Enough log for forgetting some hundred rows at a time."""


class Ballast:
    """The ballast of one store."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def take(self) -> None:
        """Take it on board; a disk too full for it is the next writer's business."""
        if self._path.exists():
            return
        try:
            write_atomically(self._path, os.urandom(BALLAST_BYTES))
        except StoreFullError:
            self._path.with_suffix(".new").unlink(missing_ok=True)

    def drop(self) -> bool:
        """Throw it overboard; returns whether there was any."""
        there = self._path.exists()
        self._path.unlink(missing_ok=True)
        return there
