"""All that the home knows, and what belongs into one commit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from edge.adapters.store.ledgers.ledger import Ledger, LedgerName
from edge.adapters.store.readings.forgetting import forget_item
from edge.adapters.store.records.appliances import ApplianceRecords
from edge.adapters.store.records.candidates import CandidateRecords
from edge.adapters.store.records.consent import ConsentRecords
from edge.adapters.store.records.decisions import DecisionRecords
from edge.adapters.store.records.history import HistoryRecords
from edge.adapters.store.records.household import HouseholdRecords
from edge.adapters.store.records.lost_purposes import lost_purposes
from edge.adapters.store.records.needs import NeedRecords
from edge.adapters.store.records.readings import ReadingRecords
from edge.adapters.store.schema import COMPARTMENT_OF
from edge.adapters.store.sealed_file import SealedFile
from edge.domain.category import DataCategory
from edge.domain.consent import Grant, Purpose
from edge.domain.item import EvidenceKind, Item, ItemId
from edge.domain.measures import GrantId, NeedId, PlacementId
from edge.domain.offer import Candidates
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import Reaction


class HomeRecords:
    """Every group of records; used on the store's thread."""

    def __init__(self, file: SealedFile) -> None:
        self.file = file
        self.appliances = ApplianceRecords(file.database)
        self.readings = ReadingRecords(file.database)
        self.consent = ConsentRecords(file.database)
        self.needs = NeedRecords(file.database)
        self.decisions = DecisionRecords(file.database)
        self.candidates = CandidateRecords(file.database)
        self.history = HistoryRecords(file.database)
        self.household = HouseholdRecords(file.database)
        self.ledgers = {name: _ledger(name, file) for name in LedgerName}

    def add_grants(self, grants: Sequence[Grant]) -> None:
        """Keep grants with their receipts, remembered by the anchor."""
        with self.file.database.transaction():
            self.consent.add(grants)
            for grant in grants:
                self._receipt("granted", grant, at=grant.given_at)
        self.file.remember()

    def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        """End grants, and with them what was kept and inferred under them.

        A purpose that no longer acts anywhere loses its key, in the same commit.
        """
        before = self.consent.history()
        ended = self.consent.standing_among(grants)
        after = [replace(one, ended_at=at) if one in ended else one for one in before]
        lost = [COMPARTMENT_OF[one] for one in lost_purposes(before, after)]
        with self.settled_readings(), self.file.erasing(lost):
            self.end(ended, at=at)
            for grant in ended:
                self._delete_under(grant)

    def add_decision(self, decision: Decision, candidates: Candidates) -> None:
        """Keep a decision and what it looked at; with a placement, its impression too."""
        with self.file.database.transaction():
            self.decisions.add(decision)
            self.candidates.keep(decision.category, candidates)
            if isinstance(decision.outcome, Placement):
                self.history.add(decision, decision.outcome)

    def drop_candidates(self) -> None:
        """Delete candidates that no kept decision looked at."""
        kept = self.decisions.all()
        self.candidates.keep_only((one.catalogue, one.category) for one in kept)

    def add_reaction(self, reaction: Reaction, closes: NeedId | None) -> bool:
        """Keep the first answer to a placement, remembered by the anchor."""
        impression = self.history.unanswered(reaction.placement)
        if impression is None:
            return False
        with self.file.database.transaction():
            self.history.answer(reaction)
            self.decisions.end(reaction.placement)
            if closes is not None:
                self.needs.settle(closes, of=impression, at=reaction.at)
        self.file.remember()
        return True

    def redeem(self, placement: PlacementId, *, at: datetime) -> bool:
        """Keep that an offer was used, remembered by the anchor."""
        if not self.history.redeem(placement, at=at):
            return False
        self.file.remember()
        return True

    def end(self, grants: Sequence[Grant], *, at: datetime) -> None:
        """End open grants with their receipts, within the open transaction."""
        self.consent.withdraw([grant.id for grant in grants], at=at)
        for grant in grants:
            self._receipt("withdrawn", grant, at=at)

    @contextmanager
    def settled_readings(self) -> Iterator[None]:
        """What waits is written before, and what lies in memory is read again after."""
        self.readings.flush()
        try:
            yield
        finally:
            self.readings.files.reload()
            for ledger in self.ledgers.values():
                ledger.reload()

    def add_entry(self, name: LedgerName, entry: Mapping[str, Any]) -> int:
        """Append to a ledger, remembered by the anchor."""
        with self.file.database.transaction():
            index = self.ledgers[name].append(entry)
        self.file.remember()
        return index

    def erase_entry(self, name: LedgerName, index: int) -> None:
        """Take an entry's content away."""
        with self.file.database.transaction():
            self.ledgers[name].erase(index)

    def items_of(self, data: DataCategory) -> list[ItemId]:
        """The items of one kind of data."""
        return [
            item.id
            for appliance in self.appliances.all()
            for item in appliance.items
            if item.data is data
        ]

    def items_with(self, kinds: Collection[EvidenceKind]) -> set[ItemId]:
        """The items whose readings are of these kinds."""
        return {
            item.id
            for appliance in self.appliances.all()
            for item in appliance.items
            if item.evidence in kinds
        }

    def close(self) -> None:
        """Write what waits and close the file, even if there is no room for it."""
        try:
            self.readings.flush()
            self.household.write_counts()
        finally:
            self.file.close()

    def _receipt(self, event: str, grant: Grant, *, at: datetime) -> None:
        self.ledgers[LedgerName.RECEIPTS].append(
            {
                "event": event,
                "grant": grant.id,
                "purpose": grant.purpose,
                "data": grant.data,
                "device": grant.device,
                "at": at.isoformat(),
            }
        )

    def _delete_under(self, grant: Grant) -> None:
        """What one grant alone allowed: the readings and needs of its items."""
        for item in self._items_under(grant):
            if grant.purpose is Purpose.KEEP:
                forget_item(self.readings.files, item.id)
            if grant.purpose in {Purpose.KEEP, Purpose.INFER}:
                self.needs.close(item.id)

    def _items_under(self, grant: Grant) -> list[Item]:
        return [
            item
            for appliance in self.appliances.all()
            if appliance.id == grant.device
            for item in appliance.items
            if item.data is grant.data
        ]


def _ledger(name: LedgerName, file: SealedFile) -> Ledger:
    rows = file.database.rows
    return Ledger(name, entries=rows(name.value), heads=rows(f"{name.value}_heads"))
