"""What an operator may do with a store that does not open; nothing is ever deleted."""

import asyncio
import shutil
from pathlib import Path

import pytest

from edge.adapters.store.errors import RollbackError, StoreInUseError, TamperError
from edge.adapters.store.recovery import accept_older, set_aside
from edge.adapters.store.sealed.key_source import KeyFile
from tests.adapters.store.examples import BUTTER, DAY, NOON
from tests.adapters.store.homes import a_home, fill


async def test_a_damaged_store_is_set_aside_and_the_next_one_is_empty(tmp_path: Path) -> None:
    """With everything off, and the damaged files kept."""
    async with a_home(tmp_path) as store:
        await fill(store)
    path = tmp_path / "data" / "store.db"
    damaged = b"x" * 100 + path.read_bytes()[100:]
    path.write_bytes(damaged)
    with pytest.raises(TamperError):
        async with a_home(tmp_path):
            pass
    aside = await asyncio.to_thread(set_aside, tmp_path / "data", keys=tmp_path / "keys", now=NOON)
    assert (aside / "store.db").read_bytes() == damaged
    assert (aside / "slots.json").exists()
    async with a_home(tmp_path) as store:
        assert await store.grant_history() == []


async def test_a_store_in_use_is_not_set_aside(tmp_path: Path) -> None:
    """The runtime has to be stopped first."""
    async with a_home(tmp_path):
        with pytest.raises(StoreInUseError):
            await asyncio.to_thread(set_aside, tmp_path / "data", keys=tmp_path / "keys", now=NOON)


async def test_an_older_copy_is_accepted_without_its_consent(tmp_path: Path) -> None:
    """The data are there again; nothing stands, since a withdrawal may be missing."""
    async with a_home(tmp_path) as store:
        await fill(store)
    shutil.copytree(tmp_path / "data", tmp_path / "older")
    async with a_home(tmp_path) as store:
        await store.count("readings.refused")
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "older", tmp_path / "data")
    with pytest.raises(RollbackError):
        async with a_home(tmp_path):
            pass
    keys = tmp_path / "keys"
    source = KeyFile(keys / "key")
    await asyncio.to_thread(
        accept_older, tmp_path / "data", keys=keys, source=source, now=NOON + DAY
    )
    async with a_home(tmp_path) as store:
        assert len(await store.readings(BUTTER, since=NOON)) == 61
        assert list(await store.grants(now=NOON + DAY)) == []
