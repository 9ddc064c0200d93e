"""A full disk takes nothing away, and forgetting makes room again."""

import asyncio
import math
import os
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from edge.adapters.store.document_store import DocumentStore
from edge.adapters.store.errors import StoreFullError
from edge.domain.consent import Purpose
from edge.domain.measures import GrantId
from tests.adapters.store.examples import BUTTER, NOON, TurnedClock, a_grant, a_reading
from tests.adapters.store.homes import a_home
from tests.soak.store_media import require, small_disk


def leave_room(disk: Path, room: int) -> None:
    """Somebody else takes all but so many bytes."""
    free = shutil.disk_usage(disk).free
    with (disk / "others").open("wb") as file:
        file.write(bytes(max(0, free - room)))
        os.fsync(file.fileno())


async def write_until_full(store: DocumentStore, clock: TurnedClock, kept: list[str]) -> None:
    """Grants and readings, until the store says that it is full."""
    for turn in range(10_000):
        clock.instant = NOON + turn * timedelta(hours=8)
        minutes = range(turn * 480, turn * 480 + 480)
        await store.add_readings([a_reading(minute, math.sin(minute)) for minute in minutes])
        await store.add_grants([a_grant(f"g{turn}", Purpose.MEASURE)])
        kept.append(f"g{turn}")


async def full_life(disk: Path, dice: random.Random) -> None:
    """Write until nothing goes any more; look; withdraw; purge; write again."""
    clock, kept = TurnedClock(), list[str]()
    async with a_home(disk, clock) as store:
        await asyncio.to_thread(leave_room, disk, dice.randrange(50_000, 900_000))
        with pytest.raises(StoreFullError):
            await write_until_full(store, clock, kept)
        assert {grant.id for grant in await store.grant_history()} >= set(kept)
        await store.withdraw([GrantId(kept[0])], at=NOON)
        await store.forget_readings(BUTTER)
    async with a_home(disk, clock) as store:
        await store.examine()
        ended = {grant.id: grant.ended_at for grant in await store.grant_history()}
        assert ended.keys() >= set(kept)
        assert ended[GrantId(kept[0])] == NOON
        await store.add_grants([a_grant("after the purge", Purpose.MEASURE)])
        await store.add_readings([a_reading(0, start=clock.instant)])
        await store.examine()


@pytest.mark.parametrize(
    "disks",
    [
        pytest.param(1, marks=pytest.mark.slow),
        pytest.param(20, marks=[pytest.mark.soak, pytest.mark.timeout(3_600)]),
    ],
)
async def test_a_full_disk_keeps_everything_and_lets_go_of_what_is_purged(
    tmp_path: Path, disks: int
) -> None:
    """At a random instant: nothing acknowledged is lost, a withdrawal still works."""
    require("losetup", "mkfs.ext4")
    for number in range(disks):
        folder = tmp_path / str(number)
        folder.mkdir()
        with small_disk(folder, mebibytes=12) as disk:
            await full_life(disk, random.Random(number))
