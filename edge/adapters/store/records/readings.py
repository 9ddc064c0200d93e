"""Readings: heard in memory, logged in segments, filed by day, rolled up with age."""

from collections.abc import Sequence
from datetime import datetime

from edge.adapters.store.readings.day_series import DAY, instant, moment
from edge.adapters.store.readings.files import ReadingFiles
from edge.adapters.store.readings.habit import Habit
from edge.adapters.store.readings.log import Point
from edge.adapters.store.readings.rollup import Stretch, one_reading
from edge.adapters.store.readings.shelves import DAYS_MOST
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.item import ItemId
from edge.domain.reading import Reading
from edge.errors import StoreError
from edge.ports import READINGS_MOST


class ReadingRecords:
    """All readings of the home.

    Attributes:
        files: Where they lie.
    """

    def __init__(self, database: SealedDB) -> None:
        self.files = ReadingFiles(database)

    def add(self, readings: Sequence[Reading], *, now: datetime) -> int:
        """Keep those that are new; returns how many were."""
        self.flush_if_due(now=now)
        points = [self._point(reading) for reading in readings]
        return sum(self._add(point, now=now) for point in points)

    def since(self, item: ItemId, start: datetime) -> list[Reading]:
        """The newest READINGS_MOST at or after `start`, in time order."""
        series = self.files.book.find(item)
        if series is None:
            return []
        first = instant(start)
        values = list(self.files.log.of(series))
        for shelf in self.files.shelves.all:
            if len(values) < READINGS_MOST:
                values += [one for day in shelf.values(series, first // DAY) for one in day]
        newest = sorted(one for one in values if one[0] >= first)[-READINGS_MOST:]
        return [
            Reading(device=item.device, name=item.name, time=moment(time), value=value)
            for time, value in newest
        ]

    def stretches(self, item: ItemId, start: datetime) -> list[Stretch]:
        """All that is kept, as finely as it is kept, in time order."""
        series = self.files.book.find(item)
        if series is None:
            return []
        first = instant(start)
        found = [one_reading(time, value) for time, value in self.files.log.of(series)]
        for shelf in self.files.shelves.all:
            found += [one for day in shelf.days(series, first // DAY) for one in day]
        return sorted((one for one in found if one.last >= first), key=lambda one: one.last)

    def habit(self, item: ItemId) -> Habit:
        """What its values usually are, by hour of the week."""
        series = self.files.book.find(item)
        stored = None if series is None else self.files.habits.load(series)
        return Habit.unpacked(stored.packed) if stored else Habit()

    def flush_if_due(self, *, now: datetime) -> None:
        """Write a segment, if readings have waited for long enough."""
        if self.files.log.due(now=now):
            self.files.log.flush()

    def flush(self) -> None:
        """Write what waits."""
        self.files.log.flush()

    def _add(self, point: Point, *, now: datetime) -> bool:
        if self.files.holds(point.series, point.day, point.time):
            return False
        return self.files.log.add(point, now=now)

    def _point(self, reading: Reading) -> Point:
        """The reading as it is filed.

        Raises:
            StoreError: It is older than 1970 or younger than the row ids reach.
        """
        item = ItemId(device=reading.device, name=reading.name)
        time = instant(reading.time)
        if not 0 <= time // DAY < DAYS_MOST:
            message = "a reading's time must be after 1970"
            raise StoreError(message)
        return Point(series=self.files.book.number(item), time=time, value=reading.value)
