"""Which number each item's readings are filed under."""

from tinydb import where

from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId, ItemName
from edge.errors import StoreError

SERIES_MOST = 4_096
"""A hundred appliances of forty items; more is a fault, not a home."""


class SeriesBook:
    """The table of series, and a copy in memory."""

    def __init__(self, database: SealedDB) -> None:
        self._table = database.table("series")
        self.reload()

    def reload(self) -> None:
        """Read the table again: after it was cleared, or a commit was undone."""
        self._numbers = {
            ItemId(device=DeviceId(one["device"]), name=ItemName(one["name"])): one.doc_id
            for one in self._table
        }

    def number(self, item: ItemId) -> int:
        """The item's series; a new one the first time.

        Raises:
            StoreError: There are too many.
        """
        if item not in self._numbers:
            if len(self._numbers) >= SERIES_MOST:
                message = f"more than {SERIES_MOST} items have readings"
                raise StoreError(message)
            document = {"item": str(item), "device": item.device, "name": item.name}
            self._numbers[item] = self._table.insert(document)
        return self._numbers[item]

    def find(self, item: ItemId) -> int | None:
        """The item's series, if it ever had a reading."""
        return self._numbers.get(item)

    def of_device(self, device: DeviceId) -> list[ItemId]:
        """The appliance's items that have readings."""
        return [item for item in self._numbers if item.device == device]

    def items(self) -> dict[int, ItemId]:
        """Every item, by series."""
        return {number: item for item, number in self._numbers.items()}

    def forget(self, item: ItemId) -> None:
        """Let the number go; its rows are gone already."""
        self._table.remove(where("item") == str(item))
        self._numbers.pop(item, None)
