"""What was shown and how people answered: the memory that makes a refusal stick."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from tinydb import where
from tinydb.table import Document

from edge.adapters.store.tables.documents import document_of, value_of, within
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.category import CATEGORIES, DataCategory
from edge.domain.measures import DeviceId, PlacementId
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import HISTORY_DAYS, History, Impression, Reaction


class HistoryRecords:
    """The table of impressions."""

    def __init__(self, database: SealedDB) -> None:
        self._table = database.table("impressions")

    def add(self, decision: Decision, placement: Placement) -> None:
        """Keep that a placement was shown; what is older than the history is let go."""
        impression = _impression(decision, placement)
        self.put(impression)
        oldest = (impression.shown_at - timedelta(days=HISTORY_DAYS)).timestamp()
        self._table.remove(where("at") < oldest)

    def put(self, impression: Impression) -> None:
        """Keep an impression."""
        self._table.insert(
            {
                "placement": impression.placement,
                "device": impression.device,
                "data": CATEGORIES[impression.category].data,
                "at": impression.shown_at.timestamp(),
                "value": document_of(impression),
            }
        )

    def knows(self, placement: PlacementId) -> bool:
        """Whether it was shown."""
        return self._table.contains(where("placement") == placement)

    def all(self) -> list[Impression]:
        """Every impression, in the order they were kept."""
        return [value_of(document["value"], Impression) for document in self._table]

    def unanswered(self, placement: PlacementId) -> Impression | None:
        """The impression, if it is known and nobody has answered it."""
        found = self._table.get(where("placement") == placement)
        if not isinstance(found, Document):
            return None
        impression = value_of(found["value"], Impression)
        return impression if impression.reaction is None else None

    def answer(self, reaction: Reaction) -> None:
        """Keep the answer with its impression."""

        def answered(document: MutableMapping[str, Any]) -> None:
            noted = reaction.noted_at or reaction.at
            document["value"] |= {
                "reaction": reaction.kind.value,
                "reacted_at": reaction.at.isoformat(),
                "noted_at": noted.isoformat(),
            }

        self._table.update(answered, where("placement") == reaction.placement)

    def redeem(self, placement: PlacementId, *, at: datetime) -> bool:
        """Keep that it was used; False when it is unknown or was used already."""
        found = self._table.get(where("placement") == placement)
        if not isinstance(found, Document) or found["value"].get("redeemed_at"):
            return False

        def used(document: MutableMapping[str, Any]) -> None:
            document["value"] |= {"redeemed_at": at.isoformat()}

        self._table.update(used, where("placement") == placement)
        return True

    def since(self, start: datetime) -> History:
        """Impressions at or after `start`, oldest first."""
        found = self._table.search(where("at") >= start.timestamp())
        impressions = [value_of(document["value"], Impression) for document in found]
        return History(impressions=sorted(impressions, key=lambda one: one.shown_at))

    def forget(self, *, device: DeviceId | None = None, data: DataCategory | None = None) -> None:
        """Delete what was shown on an appliance, or about one kind of data."""
        self._table.remove((where("device") == device) | (where("data") == data))

    def forget_span(self, start: datetime, end: datetime) -> None:
        """Delete what was shown from `start` to before `end`."""
        self._table.remove(within("at", start, end))


def _impression(decision: Decision, placement: Placement) -> Impression:
    """What the rules count by."""
    offer = placement.offer
    return Impression(
        placement=placement.id,
        offer=offer.id,
        line_item=offer.line_item,
        campaign=offer.campaign,
        sponsor=offer.label.sponsor,
        category=decision.category,
        need=placement.need,
        surface=placement.surface,
        device=placement.device,
        shown_at=placement.shown_at,
        saving=offer.saving,
    )
