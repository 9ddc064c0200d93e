"""One publication: what authors wrote, checked, with its flights resolved, signed into a folder."""

from datetime import datetime
from pathlib import Path

from cloud_stub.authoring import read_offers
from cloud_stub.campaign import CategoryOffers
from cloud_stub.keys import KeyRing
from cloud_stub.lint import lint
from cloud_stub.offer_file import offer_file
from cloud_stub.repository import Repository


def key_ring(folder: Path) -> KeyRing:
    """The signing keys of the catalogue in this folder."""
    return KeyRing(folder / "keys")


def repository_folder(folder: Path) -> Path:
    """The signed files of the catalogue in this folder: what everybody may read."""
    return folder / "repository"


class Publisher:
    """Publishes one folder of offers into the catalogue in another, again and again."""

    def __init__(self, folder: Path, offers: Path) -> None:
        self._folder = folder
        self._offers = offers
        self._seen: list[tuple[str, int]] = []
        self._checked: list[CategoryOffers] = []

    def publish(self, *, now: datetime) -> int:
        """Sign the offers as they are at `now`.

        Returns:
            How many offers there are.

        Raises:
            AuthoringError: One breaks a rule; nothing was signed.
        """
        categories = self._current()
        files = {category.category: offer_file(category, now=now) for category in categories}
        repository = Repository(repository_folder(self._folder), key_ring(self._folder))
        repository.publish(files, now=now)
        return sum(category.count() for category in categories)

    def _current(self) -> list[CategoryOffers]:
        """The offers, read and checked again when an author has saved a file."""
        paths = sorted(self._offers.glob("*.toml"))
        seen = [(path.name, path.stat().st_mtime_ns) for path in paths]
        if seen != self._seen:
            self._checked = lint(read_offers(self._offers))
            self._seen = seen
        return self._checked
