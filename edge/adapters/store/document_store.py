"""The `Store` port over TinyDB documents: each method is one act on the store's own thread."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from edge.adapters.store.home_records import HomeRecords
from edge.adapters.store.key_source import KeySource, key_file
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA
from edge.adapters.store.sealed_file import SealedFile
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

P = ParamSpec("P")
T = TypeVar("T")


class DocumentStore(Store):
    """Everything the home knows, in one sealed file."""

    def __init__(self, records: HomeRecords, *, worker: Worker, clock: Clock) -> None:
        self._records = records
        self._do = worker.do
        self._clock = clock

    # appliances
    async def put_appliance(self, appliance: Appliance) -> None:
        await self._do(self._records.appliances.put, appliance)

    async def appliances(self) -> Sequence[Appliance]:
        return await self._do(self._records.appliances.all)

    async def forget_appliance(self, device: DeviceId) -> None:
        await self._must(self._records.forget_appliance, device, at=self._clock.now())

    # readings
    async def add_readings(self, readings: Sequence[Reading]) -> int:
        return await self._do(self._records.readings.add, readings)

    async def readings(self, item: ItemId, *, since: datetime) -> Sequence[Reading]:
        return await self._do(self._records.readings.since, item, since)

    async def forget_readings(self, item: ItemId) -> None:
        await self._must(self._records.readings.forget, item)

    # consent
    async def add_grants(self, grants: Sequence[Grant]) -> None:
        await self._do(self._records.add_grants, grants)

    async def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        await self._must(self._records.withdraw, grants, at=at)

    async def grants(self, *, now: datetime) -> Grants:
        return await self._do(self._records.consent.standing, now=now)

    async def grant_history(self) -> Sequence[Grant]:
        return await self._do(self._records.consent.history)

    # needs, decisions, reactions
    async def put_need(self, need: Need) -> None:
        await self._do(self._records.needs.put, need)

    async def close_need(self, item: ItemId) -> None:
        await self._do(self._records.needs.close, item)

    async def needs(self) -> Sequence[Need]:
        return await self._do(self._records.needs.all)

    async def add_decision(self, decision: Decision) -> None:
        await self._do(self._records.add_decision, decision)

    async def decisions(self, *, limit: int) -> Sequence[Decision]:
        return await self._do(self._records.decisions.newest, limit)

    async def decision(self, key: DecisionId | PlacementId) -> Decision | None:
        return await self._do(self._records.decisions.get, key)

    async def standing(self) -> Placement | None:
        return await self._do(self._records.decisions.standing)

    async def end_placement(self, placement: PlacementId) -> None:
        await self._do(self._records.decisions.end, placement)

    async def add_reaction(self, reaction: Reaction, *, closes: NeedId | None) -> bool:
        return await self._must(self._records.add_reaction, reaction, closes)

    async def settled(self, need: NeedId) -> bool:
        return await self._do(self._records.needs.settled, need)

    async def history(self, *, since: datetime) -> History:
        return await self._do(self._records.history.since, since)

    # the household's own choices
    async def preferences(self) -> Preferences:
        return await self._do(self._records.household.preferences)

    async def put_preferences(self, preferences: Preferences) -> None:
        await self._do(self._records.household.put_preferences, preferences)

    # counters and everything at once
    async def count(self, event: str) -> None:
        await self._do(self._records.household.count, event)

    async def counts(self) -> dict[str, int]:
        return await self._do(self._records.household.counts)

    async def forget_everything(self) -> None:
        await self._must(self._records.forget_everything, at=self._clock.now())

    async def _must(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """An act that a full disk must not prevent."""
        return await self._do(self._records.file.even_if_full, partial(act, *args, **kwargs))


@asynccontextmanager
async def open_store(
    folder: Path, *, keys: Path, clock: Clock, source: KeySource | None = None
) -> AsyncIterator[Store]:
    """The home's store, opened by one process at a time.

    Args:
        folder: Where the data lie; made if missing.
        keys: Where the keys and the anchor lie, best on another medium.
        clock: Says when a forgotten appliance's grants ended.
        source: Where the wrapping key comes from; a file in `keys` when None.

    Raises:
        StoreError: One of edge.adapters.store.errors says what is wrong.
    """
    async with open_worker() as worker:
        file = await worker.do(
            SealedFile,
            folder,
            keys=keys,
            source=source or key_file(keys / "key"),
            schema=HOUSEHOLD_SCHEMA,
        )
        try:
            records = await worker.do(HomeRecords, file)
            yield DocumentStore(records, worker=worker, clock=clock)
        finally:
            await worker.do(file.close)
