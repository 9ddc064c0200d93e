"""Readings, a document per item and day."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tinydb import where

from edge.adapters.store.document_rows import Document
from edge.adapters.store.sealed_tables import SealedDB
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId
from edge.domain.reading import Reading
from edge.ports import READINGS_MOST

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ReadingRecords:
    """The table of readings."""

    def __init__(self, database: SealedDB) -> None:
        self._database = database
        self._table = database.table("readings")

    def add(self, readings: Sequence[Reading]) -> int:
        """Keep those that are new; returns how many were."""
        by_day: dict[tuple[ItemId, int], list[Reading]] = {}
        for reading in readings:
            item = ItemId(device=reading.device, name=reading.name)
            by_day.setdefault((item, (reading.time - _EPOCH).days), []).append(reading)
        return sum(self._add(item, day, each) for (item, day), each in by_day.items())

    def since(self, item: ItemId, start: datetime) -> list[Reading]:
        """The newest READINGS_MOST at or after `start`, in time order."""
        days = self._table.search(where("item") == str(item))
        found = [one for day in days for one in _unpacked(item, day) if one.time >= start]
        return sorted(found, key=lambda reading: reading.time)[-READINGS_MOST:]

    def forget(self, item: ItemId) -> None:
        """Delete all readings of an item."""
        self._table.remove(where("item") == str(item))

    def forget_device(self, device: DeviceId) -> None:
        """Delete all readings of an appliance."""
        self._table.remove(where("device") == device)

    def _add(self, item: ItemId, day: int, readings: Iterable[Reading]) -> int:
        same_day = (where("item") == str(item)) & (where("day") == day)
        kept = self._table.search(same_day)
        values = dict(kept[0]["values"]) if kept else {}
        before = len(values)
        for reading in readings:
            values.setdefault(_instant(reading.time), reading.value)
        document = {
            "item": str(item),
            "device": item.device,
            "day": day,
            "values": sorted(values.items()),
        }
        self._table.upsert(document, same_day)
        return len(values) - before


def _instant(time: datetime) -> int:
    """Microseconds since 1970."""
    return (time - _EPOCH) // timedelta(microseconds=1)


def _unpacked(item: ItemId, day: Document) -> list[Reading]:
    return [
        Reading(
            device=item.device,
            name=item.name,
            time=_EPOCH + timedelta(microseconds=instant),
            value=value,
        )
        for instant, value in day["values"]
    ]
