"""The newest readings: in memory by day, and every five minutes in one packed segment on disk.

A row per reading would write 33 MB a day for fifty appliances; a segment per five minutes writes
under three. What a crash can take is what no segment holds yet.

Segments are numbered by generation. Filing the closed days starts a new one, whose segments are
written over the last one's: a row in its old place costs two pages, a new one up to four.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from edge.adapters.store.readings.columns import (
    pack_floats,
    pack_integers,
    unpack_floats,
    unpack_integers,
)
from edge.adapters.store.readings.day_series import DAY, DaySeries
from edge.adapters.store.sealed.sealed_rows import SealedRows

SEGMENT_AFTER = timedelta(minutes=5)
"""The most that a crash may take, as the Store port says."""

SEGMENT_MOST = 1_024
"""Readings that wait in memory at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A reading by its series; microseconds since 1970."""

    series: int
    time: int
    value: float

    @property
    def day(self) -> int:
        """The UTC day, counted from 1970."""
        return self.time // DAY


OpenDays = dict[tuple[int, int], DaySeries]
"""Readings by series and day."""


class ReadingLog:
    """The readings that are not yet filed by day.

    Attributes:
        days: All of them.
    """

    def __init__(self, segments: SealedRows) -> None:
        self._segments = segments
        self.reload()

    def reload(self) -> None:
        """Read the segments again; what was only in memory is let go."""
        self.days: OpenDays = {}
        self._waiting: list[Point] = []
        self._since: datetime | None = None
        segments = [(row, *_unpacked(packed)) for row, packed in self._segments.between()]
        self._generation = max((generation for _, generation, _ in segments), default=0)
        self._row = 1
        for row, generation, points in segments:
            if generation == self._generation:
                self._row = row + 1
                for point in points:
                    self._file(point)

    def add(self, point: Point, *, now: datetime) -> bool:
        """Keep a reading in memory; returns whether it was new."""
        if not self._file(point):
            return False
        self._waiting.append(point)
        self._since = self._since or now
        return True

    def due(self, *, now: datetime) -> bool:
        """Whether readings have waited for long enough, or are many."""
        waited = self._since is not None and now - self._since >= SEGMENT_AFTER
        return waited or len(self._waiting) >= SEGMENT_MOST

    def flush(self) -> None:
        """Bring what waits to disk."""
        if self._waiting:
            with self._segments.transaction():
                self._put(self._row, self._generation, self._waiting)
            self._row += 1
            self._written()

    def of(self, series: int) -> Iterator[tuple[int, float]]:
        """A series' readings, day by day."""
        for (number, _), readings in self.days.items():
            if number == series:
                yield from readings

    def closed(self, today: int) -> OpenDays:
        """The days before `today`."""
        return {key: readings for key, readings in self.days.items() if key[1] < today}

    def rewrite(self, days: OpenDays) -> None:
        """Start a generation of segments that holds these days, within the open transaction."""
        points = [
            Point(series=series, time=time, value=value)
            for (series, _), readings in days.items()
            for time, value in readings
        ]
        self._put(1, self._generation + 1, points)

    def forget_all_but(self, days: OpenDays) -> None:
        """The same, and nothing of earlier generations is left."""
        self._segments.clear()
        self.rewrite(days)

    def rewritten(self, days: OpenDays) -> None:
        """The new generation is committed: hold this in memory."""
        self.days = days
        self._generation, self._row = self._generation + 1, 2
        self._written()

    def _put(self, row: int, generation: int, points: list[Point]) -> None:
        packed = _packed(generation, points)
        self._segments.put(row, packed, instead_of=self._segments.load(row))

    def _written(self) -> None:
        self._waiting = []
        self._since = None

    def _file(self, point: Point) -> bool:
        readings = self.days.setdefault((point.series, point.day), DaySeries())
        return readings.add(point.time, point.value)


def _packed(generation: int, points: list[Point]) -> bytes:
    in_order = sorted(points, key=lambda point: (point.series, point.time))
    return msgspec.msgpack.encode(
        (
            generation,
            pack_integers([point.series for point in in_order]),
            pack_integers([point.time for point in in_order]),
            pack_floats([point.value for point in in_order]),
        )
    )


def _unpacked(packed: bytes) -> tuple[int, list[Point]]:
    generation, series, times, values = msgspec.msgpack.decode(packed, type=_SEGMENT)
    columns = unpack_integers(series), unpack_integers(times), unpack_floats(values)
    points = [
        Point(series=number, time=time, value=value)
        for number, time, value in zip(*columns, strict=True)
    ]
    return generation, points


_SEGMENT = tuple[int, bytes, bytes, bytes]
"""Generation, then the columns: series, times, values."""
