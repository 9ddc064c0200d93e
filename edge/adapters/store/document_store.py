"""The `Store` port over TinyDB documents: who keeps what, and what belongs into one commit."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from edge.adapters.store.appliance_records import ApplianceRecords
from edge.adapters.store.consent_records import ConsentRecords
from edge.adapters.store.decision_records import DecisionRecords
from edge.adapters.store.history_records import HistoryRecords
from edge.adapters.store.household_records import HouseholdRecords
from edge.adapters.store.need_records import NeedRecords
from edge.adapters.store.opening import open_database
from edge.adapters.store.reading_records import ReadingRecords
from edge.adapters.store.sealed_tables import SealedDB
from edge.adapters.store.worker import Worker, open_worker
from edge.domain.appliance import Appliance
from edge.domain.consent import Grant, Grants
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import DecisionId, DeviceId, GrantId, NeedId, PlacementId
from edge.domain.need import Need
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import History, Reaction
from edge.domain.reading import Reading
from edge.ports import Clock, Store


class DocumentStore(Store):
    """Everything the home knows, in one sealed file."""

    def __init__(self, database: SealedDB, *, worker: Worker, clock: Clock) -> None:
        self._do = worker.do
        self._clock = clock
        self._database = database
        self._appliances = ApplianceRecords(database)
        self._readings = ReadingRecords(database)
        self._consent = ConsentRecords(database)
        self._needs = NeedRecords(database)
        self._decisions = DecisionRecords(database)
        self._history = HistoryRecords(database)
        self._household = HouseholdRecords(database)

    # appliances
    async def put_appliance(self, appliance: Appliance) -> None:
        await self._do(self._appliances.put, appliance)

    async def appliances(self) -> Sequence[Appliance]:
        return await self._do(self._appliances.all)

    async def forget_appliance(self, device: DeviceId) -> None:
        await self._do(self._forget_appliance, device, at=self._clock.now())

    # readings
    async def add_readings(self, readings: Sequence[Reading]) -> int:
        return await self._do(self._readings.add, readings)

    async def readings(self, item: ItemId, *, since: datetime) -> Sequence[Reading]:
        return await self._do(self._readings.since, item, since)

    async def forget_readings(self, item: ItemId) -> None:
        await self._do(self._readings.forget, item)

    # consent
    async def add_grants(self, grants: Sequence[Grant]) -> None:
        await self._do(self._consent.add, grants)

    async def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        await self._do(self._consent.withdraw, grants, at=at)

    async def grants(self, *, now: datetime) -> Grants:
        return await self._do(self._consent.standing, now=now)

    async def grant_history(self) -> Sequence[Grant]:
        return await self._do(self._consent.history)

    # needs, decisions, reactions
    async def put_need(self, need: Need) -> None:
        await self._do(self._needs.put, need)

    async def close_need(self, item: ItemId) -> None:
        await self._do(self._needs.close, item)

    async def needs(self) -> Sequence[Need]:
        return await self._do(self._needs.all)

    async def add_decision(self, decision: Decision) -> None:
        await self._do(self._add_decision, decision)

    async def decisions(self, *, limit: int) -> Sequence[Decision]:
        return await self._do(self._decisions.newest, limit)

    async def decision(self, key: DecisionId | PlacementId) -> Decision | None:
        return await self._do(self._decisions.get, key)

    async def standing(self) -> Placement | None:
        return await self._do(self._decisions.standing)

    async def end_placement(self, placement: PlacementId) -> None:
        await self._do(self._decisions.end, placement)

    async def add_reaction(self, reaction: Reaction, *, closes: NeedId | None) -> bool:
        return await self._do(self._add_reaction, reaction, closes)

    async def settled(self, need: NeedId) -> bool:
        return await self._do(self._needs.settled, need)

    async def history(self, *, since: datetime) -> History:
        return await self._do(self._history.since, since)

    # the household's own choices
    async def preferences(self) -> Preferences:
        return await self._do(self._household.preferences)

    async def put_preferences(self, preferences: Preferences) -> None:
        await self._do(self._household.put_preferences, preferences)

    # counters and everything at once
    async def count(self, event: str) -> None:
        await self._do(self._household.count, event)

    async def counts(self) -> dict[str, int]:
        return await self._do(self._household.counts)

    async def forget_everything(self) -> None:
        await self._do(self._forget_everything, at=self._clock.now())

    # what belongs into one commit
    def _add_decision(self, decision: Decision) -> None:
        with self._database.transaction():
            self._decisions.add(decision)
            if isinstance(decision.outcome, Placement):
                self._history.add(decision, decision.outcome)

    def _add_reaction(self, reaction: Reaction, closes: NeedId | None) -> bool:
        impression = self._history.unanswered(reaction.placement)
        if impression is None:
            return False
        with self._database.transaction():
            self._history.answer(reaction)
            self._decisions.end(reaction.placement)
            if closes is not None:
                self._needs.settle(closes, device=impression.device, at=reaction.at)
        return True

    def _forget_appliance(self, device: DeviceId, *, at: datetime) -> None:
        with self._database.transaction():
            self._consent.withdraw_all_of(device, at=at)
            self._appliances.forget(device)
            self._readings.forget_device(device)
            self._needs.forget(device)
            self._decisions.forget(device)
            self._history.forget(device)

    def _forget_everything(self, *, at: datetime) -> None:
        self._consent.withdraw_all_of(None, at=at)
        with self._database.transaction():
            self._database.drop_tables()


@asynccontextmanager
async def open_store(folder: Path, *, keys: Path, clock: Clock) -> AsyncIterator[Store]:
    """The home's store, opened by one process at a time.

    Args:
        folder: Where the data lie; made if missing.
        keys: Where the keys and the anchor lie; a folder that no backup of `folder` holds.
        clock: Says when a forgotten appliance's grants ended.

    Raises:
        StoreError: One of edge.adapters.store.errors says what is wrong.
    """
    async with open_worker() as worker:
        database = await worker.do(open_database, folder, keys)
        try:
            yield await worker.do(DocumentStore, database, worker=worker, clock=clock)
        finally:
            await worker.do(database.close)
