"""The `Store` port over TinyDB documents: each method is one act on the store's own thread."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec

from edge.adapters.store.backup import read_backup, write_backup
from edge.adapters.store.doctor import Findings, examine
from edge.adapters.store.export import Line, exported
from edge.adapters.store.forgetting import (
    forget_appliance,
    forget_category,
    forget_everything,
    forget_readings,
    forget_time,
)
from edge.adapters.store.ledgers.ledger import InclusionProof, LedgerName
from edge.adapters.store.ledgers.signed_head import SignedHead
from edge.adapters.store.readings.habit import Habit
from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.readings.rollup import Stretch
from edge.adapters.store.records.home import HomeRecords
from edge.adapters.store.restore import Restoring
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA
from edge.adapters.store.sealed.key_source import KeyFile, KeySource
from edge.adapters.store.sealed_file import SealedFile
from edge.adapters.store.upkeep import Upkeep
from edge.adapters.store.worker import Worker, open_worker
from edge.domain.appliance import Appliance
from edge.domain.category import CategoryName, DataCategory
from edge.domain.consent import Grant, Grants
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import DecisionId, DeviceId, GrantId, NeedId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import NO_CANDIDATES, Candidates
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import History, Reaction
from edge.domain.reading import Reading
from edge.ports import Clock, Store

P = ParamSpec("P")
T = TypeVar("T")

_LINES_AT_ONCE = 256
"""Some 100 kB: other acts on the store wait for no longer than it takes to make them."""


class DocumentStore(Store):
    """Everything the home knows, in one sealed file."""

    def __init__(self, records: HomeRecords, *, worker: Worker, clock: Clock, folder: Path) -> None:
        self._records = records
        self._folder = folder
        self._upkeep = Upkeep(records, folder=folder)
        self._do = worker.do
        self._clock = clock

    # appliances
    async def put_appliance(self, appliance: Appliance) -> None:
        await self._do(self._records.appliances.put, appliance)

    async def appliances(self) -> Sequence[Appliance]:
        return await self._do(self._records.appliances.all)

    async def forget_appliance(self, device: DeviceId) -> None:
        await self._must(forget_appliance, self._records, device, at=self._clock.now())

    # readings
    async def add_readings(self, readings: Sequence[Reading]) -> int:
        return await self._do(self._records.readings.add, readings, now=self._clock.now())

    async def readings(self, item: ItemId, *, since: datetime) -> Sequence[Reading]:
        return await self._do(self._records.readings.since, item, since)

    async def forget_readings(self, item: ItemId) -> None:
        await self._must(forget_readings, self._records, item)

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

    async def add_decision(
        self, decision: Decision, *, candidates: Candidates = NO_CANDIDATES
    ) -> None:
        await self._do(self._records.add_decision, decision, candidates)

    async def candidates(self, catalogue: str, category: CategoryName) -> Candidates | None:
        return await self._do(self._records.candidates.get, catalogue, category)

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

    async def redeem(self, placement: PlacementId, *, at: datetime) -> bool:
        return await self._must(self._records.redeem, placement, at=at)

    async def history(self, *, since: datetime) -> History:
        return await self._do(self._records.history.since, since)

    # the household's own choices
    async def preferences(self) -> Preferences:
        return await self._do(self._records.household.preferences)

    async def put_preferences(self, preferences: Preferences) -> None:
        await self._do(self._records.household.put_preferences, preferences)

    # itself, counters and everything at once
    async def healthy(self) -> bool:
        return await self._do(lambda: self._upkeep.healthy)

    async def count(self, event: str) -> None:
        await self._do(self._records.household.count, event)

    async def counts(self) -> dict[str, int]:
        return await self._do(self._records.household.counts)

    async def forget_everything(self) -> None:
        await self._must(forget_everything, self._records, at=self._clock.now())

    # beyond the port
    async def keep_up(self) -> None:
        """Housekeeping until cancelled: a task of the runtime, named `store upkeep`."""
        while True:
            await asyncio.sleep(1)
            await self._do(self._upkeep.tick, now=self._clock.now())

    async def forget_category(self, data: DataCategory) -> None:
        """Delete what is kept about one kind of data."""
        await self._must(forget_category, self._records, data)

    async def forget_span(self, start: datetime, end: datetime) -> None:
        """Delete what was said, needed, decided and shown from `start` to before `end`."""
        await self._must(forget_time, self._records, start, end)

    async def stretches(self, item: ItemId, *, since: datetime) -> Sequence[Stretch]:
        """All that is kept of an item's readings, as finely as it is kept, in time order."""
        return await self._do(self._records.readings.stretches, item, since)

    async def habit(self, item: ItemId) -> Habit:
        """What an item's values usually are, by hour of the week."""
        return await self._do(self._records.readings.habit, item)

    async def add_egress(self, entry: Mapping[str, Any]) -> int:
        """Record what is about to leave the home; returns its index in the egress ledger."""
        return await self._do(self._records.add_entry, LedgerName.EGRESS, entry)

    async def entries(self, ledger: LedgerName) -> Sequence[tuple[int, dict[str, Any] | None]]:
        """A ledger's entries with their indexes; None where the content was erased."""
        return await self._do(lambda: list(self._records.ledgers[ledger].entries()))

    async def erase_entry(self, ledger: LedgerName, index: int) -> None:
        """Take an entry's content away; every proof stays valid."""
        await self._must(self._records.erase_entry, ledger, index)

    async def head(self, ledger: LedgerName) -> SignedHead:
        """A ledger's signed head."""
        return await self._do(self._records.ledgers[ledger].head, at=self._clock.now())

    async def inclusion(self, ledger: LedgerName, index: int) -> InclusionProof:
        """The proof that an entry is in a ledger."""
        return await self._do(self._records.ledgers[ledger].inclusion, index, at=self._clock.now())

    async def examine(self) -> Findings:
        """Prove the whole store and measure it."""
        return await self._do(examine, self._records, self._folder)

    async def export(self) -> AsyncIterator[bytes]:
        """All that the home knows, as JSON lines, some at a time."""
        lines = await self._do(exported, self._records)
        while chunk := await self._do(_some, lines):
            yield chunk

    async def back_up(self, path: Path, *, words: str) -> int:
        """Write a backup sealed with a passphrase; returns its number of lines."""
        return await self._do(lambda: write_backup(path, exported(self._records), words=words))

    async def restore(self, path: Path, *, words: str) -> int:
        """Take a backup's data back in; no grant stands that did not stand before."""
        restoring = await self._do(Restoring, self._records, at=self._clock.now())
        return await self._do(lambda: restoring.run(read_backup(path, words=words)))

    async def retention(self) -> Retention:
        """How long readings are kept."""
        return await self._do(self._records.household.retention)

    async def put_retention(self, retention: Retention) -> None:
        """Keep the household's choice and act on it at once."""
        await self._do(self._records.household.put_retention, retention)
        await self._do(self._upkeep.grow_old, now=self._clock.now())

    async def _must(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """An act that a full disk must not prevent."""
        return await self._do(self._records.file.even_if_full, partial(act, *args, **kwargs))


@asynccontextmanager
async def open_store(
    folder: Path, *, keys: Path, clock: Clock, source: KeySource | None = None
) -> AsyncIterator[DocumentStore]:
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
            source=source or KeyFile(keys / "key"),
            schema=HOUSEHOLD_SCHEMA,
        )
        records = await worker.do(_records_or_closed, file)
        try:
            yield DocumentStore(records, worker=worker, clock=clock, folder=folder)
        finally:
            await worker.do(records.close)


def _some(lines: Iterator[Line]) -> bytes:
    """The next few hundred lines; nothing at the end."""
    return b"".join(msgspec.json.encode(line) + b"\n" for line in islice(lines, _LINES_AT_ONCE))


def _records_or_closed(file: SealedFile) -> HomeRecords:
    """The records; a damaged file is closed again."""
    try:
        return HomeRecords(file)
    except BaseException:
        file.abandon()
        raise
