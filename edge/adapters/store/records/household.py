"""The household's own choices, and counters of events that have no content."""

from collections import Counter

from tinydb import where
from tinydb.table import Document

from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.schema import Durability
from edge.adapters.store.tables.documents import document_of, value_of
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.household import Preferences

_ONLY = 1
"""One household, one row."""

EVENTS_MOST = 500
"""Event names come from our own code; a bug must not fill the disk with them."""

OTHER_EVENTS = "other"


class HouseholdRecords:
    """The tables of preferences, retention and counters."""

    def __init__(self, database: SealedDB) -> None:
        self._preferences = database.table("preferences")
        self._counts = database.table("counts")
        self._retention = database.table("retention")
        self._new_counts: Counter[str] = Counter()
        self._transaction = database.transaction

    def preferences(self) -> Preferences:
        """As last put; the defaults before that."""
        found = self._preferences.get(doc_id=_ONLY)
        return (
            value_of(found["value"], Preferences) if isinstance(found, Document) else Preferences()
        )

    def put_preferences(self, preferences: Preferences) -> None:
        """Keep the choices."""
        document = {"value": document_of(preferences)}
        self._preferences.upsert(Document(document, doc_id=_ONLY))

    def retention(self) -> Retention:
        """As last put; the defaults before that."""
        found = self._retention.get(doc_id=_ONLY)
        return value_of(found["value"], Retention) if isinstance(found, Document) else Retention()

    def put_retention(self, retention: Retention) -> None:
        """Keep the choice."""
        document = {"value": document_of(retention)}
        self._retention.upsert(Document(document, doc_id=_ONLY))

    def count(self, event: str) -> None:
        """One more of these, in memory; a flood of bad input must not wear the flash out."""
        self._new_counts[event] += 1

    def write_counts(self) -> None:
        """Bring the counters to disk, in one commit."""
        with self._transaction(Durability.GROUPED):
            for event, more in self._new_counts.items():
                self._add(event, more)
        self._new_counts.clear()

    def counts(self) -> dict[str, int]:
        """All counters."""
        kept = Counter({document["event"]: document["count"] for document in self._counts})
        return dict(kept + self._new_counts)

    def clear_counts(self) -> None:
        """Let those in memory go."""
        self._new_counts.clear()

    def _add(self, event: str, more: int) -> None:
        """Beyond EVENTS_MOST names, to the others."""
        found = self._counts.get(where("event") == event)
        if isinstance(found, Document):
            self._counts.update({"count": found["count"] + more}, doc_ids=[found.doc_id])
        elif event == OTHER_EVENTS or len(self._counts) < EVENTS_MOST:
            self._counts.insert({"event": event, "count": more})
        else:
            self._add(OTHER_EVENTS, more)
