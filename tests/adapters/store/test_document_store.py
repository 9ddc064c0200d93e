"""The home's store beyond its port: what survives a restart, what it tells about itself."""

import asyncio
import json
from pathlib import Path

import pytest

from edge.adapters.store.errors import StoreInUseError
from edge.adapters.store.ledgers.ledger import LedgerName
from edge.adapters.store.readings.retention import Retention
from tests.adapters.store.examples import (
    BUTTER,
    DAY,
    NOON,
    TurnedClock,
    a_decision,
    a_placement,
    a_reading,
)
from tests.adapters.store.homes import INFER, OFFER, a_home, fill, told


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    """Line by line what it tells about itself."""
    async with a_home(tmp_path) as store:
        await fill(store)
        before = await told(store)
    async with a_home(tmp_path) as store:
        assert await told(store) == before


async def test_the_export_is_made_of_json_lines(tmp_path: Path) -> None:
    """With every kind of thing the store knows."""
    async with a_home(tmp_path) as store:
        await fill(store)
        lines = [json.loads(line) for line in await told(store)]
    assert lines[0] == {"kind": "format", "value": "doorstep-export/1"}
    kinds = {line["kind"] for line in lines}
    assert kinds >= {"appliance", "grant", "need", "settled", "impression", "decision", "readings"}
    assert kinds >= {"preferences", "retention", "counts", "receipts"}


async def test_each_grant_and_withdrawal_has_its_receipt(tmp_path: Path) -> None:
    """In order, in a ledger that proves it."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.withdraw([OFFER.id], at=NOON + DAY)
        events = [entry and entry["event"] for _, entry in await store.entries(LedgerName.RECEIPTS)]
        assert events == ["granted"] * 3 + ["withdrawn"]
        proof = await store.inclusion(LedgerName.RECEIPTS, 3)
        assert proof.head.size == 4
        assert proof.head.holds()


async def test_egress_is_recorded_before_it_is_sent(tmp_path: Path) -> None:
    """And its content can be erased while the count and the proof stay."""
    async with a_home(tmp_path) as store:
        index = await store.add_egress({"to": "relay", "bytes": 120})
        head = await store.head(LedgerName.EGRESS)
        await store.erase_entry(LedgerName.EGRESS, index)
        assert list(await store.entries(LedgerName.EGRESS)) == [(0, None)]
        assert await store.head(LedgerName.EGRESS) == head


async def test_the_doctor_proves_and_measures(tmp_path: Path) -> None:
    """Rows and ledger entries, size, and room."""
    async with a_home(tmp_path) as store:
        await fill(store)
        findings = await store.examine()
    assert (findings.rows["grants"], findings.entries["receipts"]) == (3, 3)
    assert findings.file_bytes > 1_000_000
    assert findings.free_bytes > 0
    assert findings.days_left is None


async def test_the_doctor_foresees_a_full_disk(tmp_path: Path) -> None:
    """From how much the store has grown since the days before."""
    clock = TurnedClock()
    async with a_home(tmp_path, clock) as store:
        await store.put_retention(Retention())
        for number in range(40):
            await store.add_decision(a_decision(f"d{number}", a_placement(f"p{number}")))
        clock.instant = NOON + 2 * DAY
        await store.put_retention(Retention())
        findings = await store.examine()
    assert findings.written_per_day is not None
    assert findings.days_left is None or findings.days_left > 0


async def test_a_shorter_retention_acts_at_once(tmp_path: Path) -> None:
    """The household need not wait for the night."""
    clock = TurnedClock(NOON + 3 * DAY)
    async with a_home(tmp_path, clock) as store:
        await store.add_readings([a_reading(minute) for minute in range(30)])
        await store.put_retention(Retention(raw=0, quarters=90))
        assert len(await store.stretches(BUTTER, since=NOON)) == 2
        await store.put_retention(Retention(raw=0, quarters=0, hours=0, days=0))
        assert list(await store.stretches(BUTTER, since=NOON)) == []
        assert (await store.retention()).days == 0


async def test_upkeep_writes_what_waits(tmp_path: Path) -> None:
    """Readings that waited for five minutes are on disk within a second."""
    clock = TurnedClock()
    async with a_home(tmp_path, clock) as store:
        await store.add_readings([a_reading()])
        before = (await store.examine()).commits
        clock.instant = NOON + DAY / 200
        upkeep = asyncio.ensure_future(store.keep_up())  # noqa: TID251 -- stands for the runtime's group
        await asyncio.sleep(1.2)
        upkeep.cancel()
        assert (await store.examine()).commits > before


async def test_acts_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Readings, counts, withdrawals and queries, all asked for at once."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await asyncio.gather(
            *(store.add_readings([a_reading(100 + minute)]) for minute in range(50)),
            *(store.count("readings.refused") for _ in range(50)),
            *(store.grants(now=NOON) for _ in range(20)),
            store.withdraw([INFER.id], at=NOON),
        )
        assert (await store.counts())["readings.refused"] == 51
        assert len(await store.readings(BUTTER, since=NOON)) == 111
        await store.examine()


async def test_a_second_store_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    """Clearly, and the first one goes on."""
    async with a_home(tmp_path) as store:
        with pytest.raises(StoreInUseError):
            async with a_home(tmp_path):
                pass
        await fill(store)
