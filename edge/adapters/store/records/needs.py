"""Open needs, one per item, and the needs that an answer has settled."""

from datetime import datetime, timedelta

from tinydb import where

from edge.adapters.store.tables.document_rows import Document
from edge.adapters.store.tables.documents import document_of, value_of, within
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.category import CATEGORIES, DataCategory
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId, NeedId
from edge.domain.need import Need
from edge.domain.reaction import HISTORY_DAYS, Impression


class NeedRecords:
    """The tables of open and of settled needs."""

    def __init__(self, database: SealedDB) -> None:
        self._open = database.table("needs")
        self._settled = database.table("settled")

    def put(self, need: Need) -> None:
        """Keep an open need, in place of an earlier one for the same item."""
        document = {
            "item": str(need.item),
            "device": need.item.device,
            "data": need.data,
            "at": need.opened_at.timestamp(),
            "value": document_of(need),
        }
        self._open.upsert(document, where("item") == str(need.item))

    def close(self, item: ItemId) -> None:
        """Delete the open need for an item; nothing happens if there is none."""
        self._open.remove(where("item") == str(item))

    def all(self) -> list[Need]:
        """All open needs, by item."""
        found = [value_of(document["value"], Need) for document in self._open]
        return sorted(found, key=lambda need: need.item)

    def settle(self, need: NeedId, *, of: Impression, at: datetime) -> None:
        """Remember that a need was answered; what is older than the history is let go."""
        document = {
            "need": need,
            "device": of.device,
            "data": CATEGORIES[of.category].data,
            "at": at.timestamp(),
        }
        self._settled.upsert(document, where("need") == need)
        self._settled.remove(where("at") < (at - timedelta(days=HISTORY_DAYS)).timestamp())

    def settled(self, need: NeedId) -> bool:
        """Whether it was answered."""
        return self._settled.contains(where("need") == need)

    def settled_documents(self) -> list[Document]:
        """Every answered need, as kept."""
        return [dict(document) for document in self._settled]

    def put_settled(self, document: Document) -> None:
        """Keep one of those again."""
        self._settled.insert(document)

    def forget(self, *, device: DeviceId | None = None, data: DataCategory | None = None) -> None:
        """Delete the needs, open and settled, of an appliance or of one kind of data."""
        for table in (self._open, self._settled):
            table.remove((where("device") == device) | (where("data") == data))

    def forget_span(self, start: datetime, end: datetime) -> None:
        """Delete the needs opened, and the answers given, from `start` to before `end`."""
        for table in (self._open, self._settled):
            table.remove(within("at", start, end))
