"""The runtime's two folders: what is ours alone, and what the courier may see."""

from pathlib import Path

from edge.errors import StoreError

OWNER_ONLY = 0o700


def make_folders(*, private: Path, shared: Path) -> None:
    """Make what is missing; the private one is closed to everybody else, also if it was open.

    Raises:
        StoreError: One of them cannot be made.
    """
    try:
        private.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        private.chmod(OWNER_ONLY)
        shared.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{error.filename} cannot be made: {error.strerror}"
        raise StoreError(message) from error
