"""Which files of the repository anyone may read, by their name on the wire."""

import re
from pathlib import Path

_ROLE = r"[a-z][a-z-]{0,39}"
_NAME = re.compile(
    rf"metadata/(timestamp|[1-9]\d{{0,8}}\.{_ROLE})\.json|targets/{_ROLE}/[0-9a-f]{{64}}\.offers\.cbor"
)


class PublicFiles:
    """The repository in one folder, read-only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None when there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """Everything that can be read now."""
        paths = (path for path in self._folder.rglob("*") if path.is_file())
        names = (path.relative_to(self._folder).as_posix() for path in paths)
        return sorted(name for name in names if _NAME.fullmatch(name))
