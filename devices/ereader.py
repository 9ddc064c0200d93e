"""An emulated e-reader: pages left in the current book, an offer on the lock screen."""

from datetime import datetime, timedelta
from typing import Any

from devices.appliance import Measurement, grid
from devices.joining import Joined
from devices.larder import Larder
from devices.manifest import Property, Surface, thing_description

BOOKS: tuple[Property, ...] = (
    Property(
        name="crime",
        titles={"de": "Kriminalroman", "en": "crime novel"},
        unit="count",
        category="crime-novels",
    ),
    Property(
        name="history",
        titles={"de": "Geschichtsbuch", "en": "history book"},
        unit="count",
        category="history-books",
    ),
)
"""The book at hand of each genre; counted in pages. A package is as long as each book is."""

LOCK_SURFACE = Surface(
    name="ereader.lock",
    titles={"de": "Sperrbildschirm", "en": "lock screen"},
    suits=("books",),
)


class EReader:
    """Counts the pages left."""

    kind = "ereader"
    surface = LOCK_SURFACE.name

    def __init__(self, shelf: Larder, joined: Joined) -> None:
        self._shelf = shelf
        self._joined = joined

    def manifest(self) -> dict[str, Any]:
        """Which genres it counts pages of, and its lock screen."""
        return thing_description(
            kind=self.kind,
            titles={"de": "E-Book-Reader", "en": "E-reader"},
            properties=BOOKS,
            surface=LOCK_SURFACE,
        )

    def sense(self, after: datetime, until: datetime, every: timedelta) -> list[Measurement]:
        """Pages left of each genre's book at each instant of the grid."""
        return [
            Measurement(name=book.name, time=at, value=self._pages(book, at), unit="count")
            for at in grid(after, until, every)
            for book in BOOKS
        ]

    def _pages(self, book: Property, at: datetime) -> float:
        return self._shelf.amount(book.name, self._joined.hour(at))
