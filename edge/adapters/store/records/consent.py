"""Grants, given and ended; read as a whole, since there are few and each one counts."""

from collections.abc import Sequence
from datetime import datetime

from edge.adapters.store.errors import GrantRefusedError
from edge.adapters.store.tables.documents import document_of, value_of
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.consent import Grant, Grants
from edge.domain.measures import GrantId


class ConsentRecords:
    """The table of grants."""

    def __init__(self, database: SealedDB) -> None:
        self._database = database
        self._table = database.table("grants")

    def add(self, grants: Sequence[Grant]) -> None:
        """Keep new grants, all or none.

        Raises:
            GrantRefusedError: An id was given before: nothing can revive an ended grant.
        """
        known = {grant.id for grant in self.history()}
        for grant in grants:
            if grant.id in known:
                rule = "each grant has an id of its own"
                raise GrantRefusedError(rule)
            known.add(grant.id)
        self._table.insert_multiple(document_of(grant) for grant in grants)

    def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        """End grants, all or none; ending an ended one changes nothing.

        Raises:
            GrantRefusedError: One of them was never given.
        """
        ended = {grant.id for grant in self.standing_among(grants)}
        rows = [one.doc_id for one in self._table if one["id"] in ended]
        self._table.update({"ended_at": at.isoformat()}, doc_ids=rows)

    def standing_among(self, grants: Sequence[GrantId]) -> list[Grant]:
        """Those of them that have not ended.

        Raises:
            GrantRefusedError: One of them was never given.
        """
        known = {grant.id: grant for grant in self.history()}
        if not known.keys() >= set(grants):
            rule = "only a grant that was given can be withdrawn"
            raise GrantRefusedError(rule)
        return [known[one] for one in grants if known[one].ended_at is None]

    def open_ones(self) -> list[Grant]:
        """Every grant that was not withdrawn."""
        return [grant for grant in self.history() if grant.ended_at is None]

    def standing(self, *, now: datetime) -> Grants:
        """Those that stand at `now`."""
        return Grants(self.history(), now=now)

    def history(self) -> list[Grant]:
        """Every grant ever given, oldest first."""
        found = [value_of(dict(document), Grant) for document in self._table]
        return sorted(found, key=lambda grant: grant.given_at)
