"""The household's own choices, and counters of events that have no content."""

from tinydb import where
from tinydb.table import Document

from edge.adapters.store.documents import document_of, value_of
from edge.adapters.store.sealed_tables import SealedDB
from edge.domain.household import Preferences

_ONLY = 1
"""One household, one row."""

EVENTS_MOST = 500
"""Event names come from our own code; a bug must not fill the disk with them."""

OTHER_EVENTS = "other"


class HouseholdRecords:
    """The tables of preferences and counters."""

    def __init__(self, database: SealedDB) -> None:
        self._preferences = database.table("preferences")
        self._counts = database.table("counts")

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

    def count(self, event: str) -> None:
        """One more of these; beyond EVENTS_MOST names, of the others."""
        found = self._counts.get(where("event") == event)
        if isinstance(found, Document):
            self._counts.update({"count": found["count"] + 1}, doc_ids=[found.doc_id])
        elif event == OTHER_EVENTS or len(self._counts) < EVENTS_MOST:
            self._counts.insert({"event": event, "count": 1})
        else:
            self.count(OTHER_EVENTS)

    def counts(self) -> dict[str, int]:
        """All counters."""
        return {document["event"]: document["count"] for document in self._counts}
