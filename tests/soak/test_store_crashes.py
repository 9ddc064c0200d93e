"""Killed at any instant, the store loses nothing that it has acknowledged."""

import asyncio
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from edge.domain.consent import Purpose
from tests.adapters.store.examples import BUTTER, NOON, a_grant, a_reading
from tests.adapters.store.homes import a_home
from tests.soak.store_killing import Acknowledged, check, run_and_kill


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(8, marks=pytest.mark.slow),
        pytest.param(200, marks=[pytest.mark.soak, pytest.mark.timeout(3_600)]),
    ],
)
async def test_kill_9_loses_nothing_acknowledged(tmp_path: Path, kills: int) -> None:
    """No grant, no withdrawal; every table is proven whole after each kill."""
    known, dice = Acknowledged(), random.Random(kills)
    for _ in range(kills):
        await asyncio.to_thread(run_and_kill, tmp_path, known, dice)
        await check(tmp_path, known)
    assert len(known.kept) > kills // 4, "the machine is too slow for this to show anything"


@pytest.mark.slow
def test_of_four_processes_one_writes(tmp_path: Path) -> None:
    """The others say that the store is open elsewhere."""
    command = [sys.executable, "-m", "tests.soak.store_writer", str(tmp_path), "1"]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    first = []
    for writer in writers:
        assert writer.stdout is not None
        first.append(writer.stdout.readline().decode().split()[0])
    for writer in writers:
        writer.kill()
        writer.communicate()
    assert sorted(first) == ["ready", "refused", "refused", "refused"]


async def test_eight_threads_share_one_writer(tmp_path: Path) -> None:
    """Each with a loop of its own; nothing is lost, nobody sees an error."""
    async with a_home(tmp_path) as store:
        failures: list[BaseException] = []

        async def work(number: int) -> None:
            for turn in range(20):
                await store.add_grants([a_grant(f"g{number}-{turn}", Purpose.KEEP)])
                await store.add_readings([a_reading(number + turn * 10)])
                assert list(await store.grants(now=NOON))

        def in_thread(number: int) -> None:
            try:
                asyncio.run(work(number))
            except BaseException as error:  # noqa: BLE001 -- told to the test
                failures.append(error)

        threads = [threading.Thread(target=in_thread, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            await asyncio.to_thread(thread.join)
        assert failures == []
        assert len(await store.grant_history()) == 160
        assert len(await store.readings(BUTTER, since=NOON)) == 160
        await store.examine()
