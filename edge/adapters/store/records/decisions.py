"""Decisions with their traces, and the one placement that stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tinydb import where
from tinydb.table import Document

from edge.adapters.store.tables.documents import (
    decision_document,
    decision_of,
    document_of,
    value_of,
    within,
)
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.category import CATEGORIES, DataCategory
from edge.domain.measures import DecisionId, DeviceId, PlacementId
from edge.domain.placement import Decision, Placement

DECISIONS_MOST = 2_000
"""Two months at thirty a day, 4 MB; an explanation is asked for within days."""

_STANDING = 1
"""One household, one placement at a time: one row."""


class DecisionRecords:
    """The tables of decisions and of the standing placement."""

    def __init__(self, database: SealedDB) -> None:
        self._decisions = database.table("decisions")
        self._standing = database.table("standing")

    def add(self, decision: Decision) -> None:
        """Keep a decision; its placement, if it made one, stands from now on."""
        document: dict[str, Any] = {
            "id": decision.id,
            "device": decision.item.device,
            "data": CATEGORIES[decision.category].data,
            "at": decision.at.timestamp(),
            "value": decision_document(decision),
        }
        if isinstance(decision.outcome, Placement):
            document["placement"] = decision.outcome.id
            self._stand(decision.outcome)
        newest = self._decisions.insert(document)
        self._decisions.remove(doc_ids=[newest - DECISIONS_MOST])

    def newest(self, limit: int) -> list[Decision]:
        """The newest decisions, newest first."""
        rows = sorted((document.doc_id for document in self._decisions), reverse=True)[:limit]
        found = (self._decisions.get(doc_id=row) for row in rows)
        return [decision_of(one["value"]) for one in found if isinstance(one, Document)]

    def all(self) -> Iterator[Decision]:
        """Every decision, oldest first."""
        return (decision_of(document["value"]) for document in self._decisions)

    def get(self, key: DecisionId | PlacementId) -> Decision | None:
        """The decision of that id, or that made that placement."""
        found = self._decisions.get((where("id") == key) | (where("placement") == key))
        return decision_of(found["value"]) if isinstance(found, Document) else None

    def standing(self) -> Placement | None:
        """The placement on a surface now."""
        found = self._standing.get(doc_id=_STANDING)
        return value_of(found["value"], Placement) if isinstance(found, Document) else None

    def end(self, placement: PlacementId) -> None:
        """It is off its surface; nothing happens if another one stands."""
        standing = self.standing()
        if standing is not None and standing.id == placement:
            self._standing.remove(doc_ids=[_STANDING])

    def forget(self, *, device: DeviceId | None = None, data: DataCategory | None = None) -> None:
        """Delete what was decided about an appliance's items, or about one kind of data."""
        self._decisions.remove((where("device") == device) | (where("data") == data))
        standing = self.standing()
        if standing is None:
            return
        devices = {standing.device, standing.item.device}
        if device in devices or CATEGORIES[standing.offer.category].data is data:
            self.end(standing.id)

    def forget_span(self, start: datetime, end: datetime) -> None:
        """Delete what was decided from `start` to before `end`."""
        self._decisions.remove(within("at", start, end))

    def _stand(self, placement: Placement) -> None:
        value = Document({"value": document_of(placement)}, doc_id=_STANDING)
        self._standing.upsert(value)
