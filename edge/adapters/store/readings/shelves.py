"""Filed readings, a row per series and day: raw days, then ever wider stretches.

A day of a series lies on one shelf only, but for late readings, which wait on the raw one until
the next sweep.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edge.adapters.store.readings.day_series import DaySeries
from edge.adapters.store.readings.rollup import (
    Stretch,
    Width,
    one_reading,
    pack_stretches,
    rolled_up,
    unpack_stretches,
    unpack_values,
)
from edge.adapters.store.sealed.sealed_rows import SealedRows
from edge.adapters.store.tables.sealed_tables import SealedDB

_SERIES_BITS = 20
"""Beside the day in a row id: a million series, ever."""

DAYS_MOST = 1 << 20
"""Days since 1970: until the year 4840."""


def row_of(series: int, day: int) -> int:
    """The row id: a day's series lie together, so that filing a day touches few pages."""
    return day << _SERIES_BITS | series


def place_of(row: int) -> tuple[int, int]:
    """Series and day of a row."""
    return row % (1 << _SERIES_BITS), row >> _SERIES_BITS


@dataclass(frozen=True, slots=True)
class Shelf:
    """One fineness.

    Attributes:
        rows: Its table.
        width: Of its stretches; None for raw days.
    """

    rows: SealedRows
    width: Width | None

    def days(self, series: int, first: int) -> Iterator[list[Stretch]]:
        """A series' days from `first` on, oldest first."""
        yield from map(self.unpacked, self._from(series, first))

    def values(self, series: int, first: int) -> Iterator[list[tuple[int, float]]]:
        """Only when and what of a series' days from `first` on, oldest first."""
        for packed in self._from(series, first):
            yield unpack_values(packed) if self.width else list(DaySeries.unpacked(packed))

    def _from(self, series: int, first: int) -> Iterator[bytes]:
        """A series' rows, looked up day by day between the shelf's oldest and newest."""
        oldest, newest = (place_of(row)[1] for row in self.rows.span())
        for day in range(max(first, oldest), newest + 1):
            stored = self.rows.load(row_of(series, day))
            if stored is not None:
                yield stored.packed

    def at(self, row: int) -> list[Stretch]:
        """One series' day; empty if it is not here."""
        stored = self.rows.load(row)
        return self.unpacked(stored.packed) if stored else []

    def put(self, row: int, stretches: list[Stretch]) -> None:
        """Keep a day in place of what was there, within the open transaction."""
        before = self.rows.load(row)
        if stretches:
            self.rows.put(row, self.packed(stretches), instead_of=before)
        elif before:
            self.rows.remove(row, before)

    def unpacked(self, packed: bytes) -> list[Stretch]:
        """A row's stretches; a raw reading is a stretch of one."""
        if self.width is None:
            return [one_reading(time, value) for time, value in DaySeries.unpacked(packed)]
        return unpack_stretches(packed)

    def packed(self, stretches: list[Stretch]) -> bytes:
        """A row's bytes."""
        if self.width is not None:
            return pack_stretches(stretches)
        readings = DaySeries()
        for one in stretches:
            readings.add(one.last, one.value)
        return readings.packed()


class Shelves:
    """All of them, finest first."""

    def __init__(self, database: SealedDB) -> None:
        self.raw = Shelf(database.rows("raw_days"), None)
        self.wider = (
            Shelf(database.rows("quarters"), Width.QUARTER),
            Shelf(database.rows("hours"), Width.HOUR),
            Shelf(database.rows("days"), Width.DAY),
        )
        self.all = (self.raw, *self.wider)

    def holds(self, series: int, day: int, time: int) -> bool:
        """Whether a reading of that instant is kept, or was and is rolled up."""
        row = row_of(series, day)
        if any(one.last == time for one in self.raw.at(row)):
            return True
        return any(
            one.last // shelf.width == time // shelf.width and time <= one.last
            for shelf in self.wider
            if shelf.width is not None
            for one in shelf.at(row)
        )

    def file(self, series: int, day: int, readings: DaySeries) -> None:
        """Add readings to a raw day, within the open transaction."""
        row = row_of(series, day)
        added = [one_reading(time, value) for time, value in readings]
        self.raw.put(row, [*self.raw.at(row), *added])

    def age(self, row: int, position: int, *, adds: bool) -> None:
        """Move a day one shelf on, or off the last one, within the open transaction."""
        shelf = self.all[position]
        if position + 1 < len(self.all):
            wider = self.all[position + 1]
            if wider.width is not None:
                both = [*wider.at(row), *shelf.at(row)]
                wider.put(row, rolled_up(both, wider.width, adds=adds))
        shelf.put(row, [])

    def forget(self, series: int) -> None:
        """Delete all days of a series, within the open transaction."""
        for shelf in self.all:
            for row in shelf.rows.ids():
                if place_of(row)[0] == series:
                    shelf.rows.discard(row)
