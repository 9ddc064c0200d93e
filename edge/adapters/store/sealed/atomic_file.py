"""Small files that are there whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edge.adapters.store.errors import StoreFullError
from edge.errors import StoreError


def write_atomically(path: Path, content: bytes) -> None:
    """Put the content in the file's place, on the medium, readable by the owner alone.

    Raises:
        StoreFullError: No room; the earlier content stays.
        StoreError: The folder cannot be written.
    """
    draft = path.with_suffix(".new")
    with file_errors(path):
        _write_synced(draft, content)
        draft.replace(path)
        sync_folder(path.parent)


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """The operating system's errors about a file in the store's words.

    Raises:
        StoreFullError: No room.
        StoreError: It cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFullError from error
        message = f"{path.name} cannot be read or written ({errno.errorcode.get(error.errno or 0)})"
        raise StoreError(message) from error


def sync_folder(folder: Path) -> None:
    """Bring the folder's names to the medium."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
