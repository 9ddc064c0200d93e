"""The public offers that decisions looked at: kept once for each catalogue and category."""

from collections.abc import Iterable
from typing import Any

from tinydb import where
from tinydb.table import Document

from edge.adapters.store.tables.documents import document_of, value_of
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.category import CategoryName
from edge.domain.offer import Candidates

CANDIDATES_MOST = 200
"""Three months at two catalogues a day for one need; some 2 MB of ten offers each. Which categories
are here tells what was needed: the table is sealed as decisions are, and goes with them."""


class CandidateRecords:
    """The table of candidates."""

    def __init__(self, database: SealedDB) -> None:
        self._table = database.table("candidates")

    def keep(self, category: CategoryName, candidates: Candidates) -> None:
        """Keep them if they are new; the oldest make room."""
        if not candidates.catalogue or self.get(candidates.catalogue, category):
            return
        document: dict[str, Any] = {
            "key": _key(candidates.catalogue, category),
            "value": document_of(candidates),
        }
        newest = self._table.insert(document)
        self._table.remove(doc_ids=[newest - CANDIDATES_MOST])

    def get(self, catalogue: str, category: CategoryName) -> Candidates | None:
        """What was looked at for the category in that catalogue."""
        found = self._table.get(where("key") == _key(catalogue, category))
        return value_of(found["value"], Candidates) if isinstance(found, Document) else None

    def keep_only(self, looked_at: Iterable[tuple[str, CategoryName]]) -> None:
        """Delete what no decision looked at any more."""
        kept = {_key(*one) for one in looked_at}
        self._table.remove(doc_ids=[one.doc_id for one in self._table if one["key"] not in kept])


def _key(catalogue: str, category: CategoryName) -> str:
    return f"{catalogue}/{category}"
