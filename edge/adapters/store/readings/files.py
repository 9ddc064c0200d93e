"""Where readings lie: the book of series, the log of newest ones, the shelves, the habits."""

from edge.adapters.store.readings.log import ReadingLog
from edge.adapters.store.readings.series_book import SeriesBook
from edge.adapters.store.readings.shelves import Shelves, row_of
from edge.adapters.store.tables.sealed_tables import SealedDB

_ASKED_MOST = 4_096
"""Days remembered as already looked for on the shelves; then they are looked for again."""


class ReadingFiles:
    """All of them, opened.

    Attributes:
        database: For transactions.
        book: Items and their series.
        log: What is not yet filed.
        shelves: What is filed, by day.
        habits: A row per series.
    """

    def __init__(self, database: SealedDB) -> None:
        self.database = database
        self.book = SeriesBook(database)
        self.log = ReadingLog(database.rows("segments"))
        self.shelves = Shelves(database)
        self.habits = database.rows("habits")
        self._on_shelf: dict[tuple[int, int], bool] = {}

    def reload(self) -> None:
        """Read everything again: after a key was destroyed, or a commit undone."""
        self.book.reload()
        self.log.reload()
        self.refiled()

    def refiled(self) -> None:
        """Days were moved: forget which ones are on a shelf."""
        self._on_shelf.clear()

    def holds(self, series: int, day: int, time: int) -> bool:
        """Whether a reading of that instant is on a shelf; most days are not, and cost nothing."""
        place = series, day
        if len(self._on_shelf) > _ASKED_MOST:
            self.refiled()
        if place not in self._on_shelf:
            row = row_of(series, day)
            self._on_shelf[place] = any(one.rows.load(row) for one in self.shelves.all)
        return self._on_shelf[place] and self.shelves.holds(series, day, time)
