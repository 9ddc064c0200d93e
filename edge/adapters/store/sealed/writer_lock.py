"""One writer: whoever holds the lock file; the operating system lets go of it at any end."""

import fcntl
import os
from pathlib import Path

from edge.adapters.store.errors import StoreInUseError
from edge.adapters.store.sealed.atomic_file import file_errors


class WriterLock:
    """The right to open the store's file."""

    def __init__(self, folder: Path) -> None:
        with file_errors(folder / "lock"):
            self._descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._descriptor)
            raise StoreInUseError(str(folder)) from error

    def release(self) -> None:
        """Let another process have it."""
        os.close(self._descriptor)
