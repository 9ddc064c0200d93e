"""When the power goes at any instant, the medium holds all that was acknowledged."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.soak.store_killing import Acknowledged, check, run_and_kill
from tests.soak.store_media import cuttable_disk, require


@pytest.mark.parametrize(
    "cuts",
    [
        pytest.param(3, marks=pytest.mark.slow),
        pytest.param(60, marks=[pytest.mark.soak, pytest.mark.timeout(3_600)]),
    ],
)
async def test_a_power_cut_loses_nothing_acknowledged(tmp_path: Path, cuts: int) -> None:
    """The page cache is gone, the file system replays its journal, and the store is whole."""
    require("losetup", "mkfs.ext4", "mkfs.btrfs")
    known, dice = Acknowledged(), random.Random(cuts)
    with cuttable_disk(tmp_path) as medium:
        for _ in range(cuts):
            await asyncio.to_thread(run_and_kill, medium.disk, known, dice, medium.cut)
            with medium.after() as disk:
                await check(disk, known)
    assert len(known.kept) > cuts // 4, "the machine is too slow for this to show anything"
