"""All that the home knows, and what belongs into one commit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from edge.adapters.store.appliance_records import ApplianceRecords
from edge.adapters.store.consent_records import ConsentRecords
from edge.adapters.store.decision_records import DecisionRecords
from edge.adapters.store.history_records import HistoryRecords
from edge.adapters.store.household_records import HouseholdRecords
from edge.adapters.store.lost_purposes import lost_purposes
from edge.adapters.store.need_records import NeedRecords
from edge.adapters.store.reading_records import ReadingRecords
from edge.adapters.store.schema import COMPARTMENT_OF, Compartment
from edge.adapters.store.sealed_file import SealedFile
from edge.domain.consent import Grant, Purpose
from edge.domain.item import Item
from edge.domain.measures import DeviceId, GrantId, NeedId
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import Reaction

_ABOUT_APPLIANCES = (
    Compartment.HOUSE,
    Compartment.CHOICES,
    Compartment.KEEP,
    Compartment.INFER,
    Compartment.OFFER,
)
"""Where rows of a forgotten appliance can lie; its ended grants stay as proof."""


class HomeRecords:
    """Every group of records; used on the store's thread."""

    def __init__(self, file: SealedFile) -> None:
        self.file = file
        self.appliances = ApplianceRecords(file.database)
        self.readings = ReadingRecords(file.database)
        self.consent = ConsentRecords(file.database)
        self.needs = NeedRecords(file.database)
        self.decisions = DecisionRecords(file.database)
        self.history = HistoryRecords(file.database)
        self.household = HouseholdRecords(file.database)

    def add_grants(self, grants: Sequence[Grant]) -> None:
        """Keep grants, remembered by the anchor."""
        self.consent.add(grants)
        self.file.remember()

    def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        """End grants, and with them what was kept and inferred under them.

        A purpose that no longer acts anywhere loses its key, in the same commit.
        """
        before = self.consent.history()
        ended = self.consent.standing_among(grants)
        after = [replace(one, ended_at=at) if one in ended else one for one in before]
        lost = [COMPARTMENT_OF[one] for one in lost_purposes(before, after)]
        with self.file.erasing(lost):
            self.consent.withdraw(grants, at=at)
            for grant in ended:
                self._delete_under(grant)

    def add_decision(self, decision: Decision) -> None:
        """Keep a decision; with a placement, its impression too."""
        with self.file.database.transaction():
            self.decisions.add(decision)
            if isinstance(decision.outcome, Placement):
                self.history.add(decision, decision.outcome)

    def add_reaction(self, reaction: Reaction, closes: NeedId | None) -> bool:
        """Keep the first answer to a placement, remembered by the anchor."""
        impression = self.history.unanswered(reaction.placement)
        if impression is None:
            return False
        with self.file.database.transaction():
            self.history.answer(reaction)
            self.decisions.end(reaction.placement)
            if closes is not None:
                self.needs.settle(closes, device=impression.device, at=reaction.at)
        self.file.remember()
        return True

    def forget_appliance(self, device: DeviceId, *, at: datetime) -> None:
        """Delete an appliance and all that came of it; no key is left that opens it."""
        with self.file.renewing(_ABOUT_APPLIANCES):
            self.consent.withdraw_all_of(device, at=at)
            self.appliances.forget(device)
            self.readings.forget_device(device)
            self.needs.forget(device)
            self.decisions.forget(device)
            self.history.forget(device)

    def forget_everything(self, *, at: datetime) -> None:
        """End all grants, then empty every table and destroy every key."""
        self.consent.withdraw_all_of(None, at=at)
        with self.file.erasing(one for one in Compartment if one is not Compartment.STATE):
            pass

    def _delete_under(self, grant: Grant) -> None:
        """What one grant alone allowed: the readings and needs of its items."""
        for item in self._items_under(grant):
            if grant.purpose is Purpose.KEEP:
                self.readings.forget(item.id)
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
