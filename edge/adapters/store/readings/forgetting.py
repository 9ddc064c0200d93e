"""Readings are forgotten: an item's, an appliance's, a span's; from memory, log and shelves."""

from datetime import datetime

from edge.adapters.store.readings.day_series import DAY, instant
from edge.adapters.store.readings.files import ReadingFiles
from edge.adapters.store.readings.log import OpenDays
from edge.adapters.store.readings.rollup import Stretch
from edge.adapters.store.readings.shelves import Shelf, place_of
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId


def forget_item(files: ReadingFiles, item: ItemId) -> None:
    """Delete all readings of an item."""
    series = files.book.find(item)
    if series is None:
        return
    rest = {place: day for place, day in files.log.days.items() if place[0] != series}
    with files.database.transaction():
        files.shelves.forget(series)
        files.habits.discard(series)
        files.log.forget_all_but(rest)
        files.book.forget(item)
    _hold(files, rest)


def forget_device(files: ReadingFiles, device: DeviceId) -> None:
    """Delete all readings of an appliance."""
    for item in files.book.of_device(device):
        forget_item(files, item)


def forget_span(files: ReadingFiles, start: datetime, end: datetime) -> None:
    """Delete what was said from `start` to before `end`, and every stretch that touches it.

    Habits of the items stay: they are means over weeks that hold no single day.
    """
    first, last = instant(start), instant(end)
    rest = {place: day.outside(first, last) for place, day in files.log.days.items()}
    with files.database.transaction():
        files.log.forget_all_but(rest)
        for shelf in files.shelves.all:
            _cut(shelf, first, last)
    _hold(files, rest)


def _cut(shelf: Shelf, first: int, last: int) -> None:
    for row in shelf.rows.ids():
        if first // DAY <= place_of(row)[1] <= last // DAY:
            kept = [one for one in shelf.at(row) if not _touches(one, shelf, first, last)]
            shelf.put(row, kept)


def _touches(one: Stretch, shelf: Shelf, first: int, last: int) -> bool:
    width = shelf.width or 1
    begin = one.last // width * width
    return begin < last and one.last >= first


def _hold(files: ReadingFiles, rest: OpenDays) -> None:
    files.log.rewritten(rest)
    files.refiled()
