"""Readings grow old: closed days are filed, old days are rolled up, the oldest are deleted."""

from collections.abc import Collection
from datetime import datetime

from edge.adapters.store.readings.day_series import DAY, DaySeries, instant
from edge.adapters.store.readings.files import ReadingFiles
from edge.adapters.store.readings.habit import HOURS, Habit
from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.readings.rollup import Width, one_reading, rolled_up
from edge.adapters.store.readings.shelves import place_of
from edge.adapters.store.schema import Durability
from edge.domain.item import ItemId

_EPOCH_HOUR = 3 * 24
"""1 January 1970 was a Thursday: 72 hours after Monday 0:00."""

_ROWS_AT_ONCE = 64
"""Days moved per commit: their log fits into the ballast's room."""


def file_closed_days(files: ReadingFiles, *, now: datetime) -> None:
    """Move the days before today from the log to their shelf, and learn habits from them."""
    closed = files.log.closed(instant(now) // DAY)
    if not closed:
        return
    still_open = {place: day for place, day in files.log.days.items() if place not in closed}
    with files.database.transaction():
        for (series, day), readings in closed.items():
            files.shelves.file(series, day, readings)
            _learn(files, series, readings)
        files.log.rewrite(still_open)
    files.log.rewritten(still_open)
    files.refiled()


def sweep(
    files: ReadingFiles, retention: Retention, *, adding: Collection[ItemId], now: datetime
) -> None:
    """Roll up and delete what is older than the household wants.

    Args:
        files: Where readings lie.
        retention: What the household wants.
        adding: The items whose readings add up (events, purchases) instead of being levels.
        now: UTC.
    """
    today, items = instant(now) // DAY, files.book.items()
    ages = (retention.raw, retention.quarters, retention.hours, retention.days)
    for position, age in enumerate(ages):
        for rows in _older(files, position, today - age):
            with files.database.transaction(Durability.GROUPED):
                for row in rows:
                    adds = items.get(place_of(row)[0]) in adding
                    files.shelves.age(row, position, adds=adds)
    files.refiled()


def _older(files: ReadingFiles, position: int, day: int) -> list[list[int]]:
    """The rows of a shelf that are older than the day, in small groups."""
    ids = files.shelves.all[position].rows.ids()
    due = [row for row in ids if place_of(row)[1] < day]
    return [due[at : at + _ROWS_AT_ONCE] for at in range(0, len(due), _ROWS_AT_ONCE)]


def _learn(files: ReadingFiles, series: int, readings: DaySeries) -> None:
    stored = files.habits.load(series)
    habit = Habit.unpacked(stored.packed) if stored else Habit()
    stretches = [one_reading(time, value) for time, value in readings]
    for hour in rolled_up(stretches, Width.HOUR, adds=False):
        habit.learn((hour.last // Width.HOUR + _EPOCH_HOUR) % HOURS, hour.mean)
    files.habits.put(series, habit.packed(), instead_of=stored)
