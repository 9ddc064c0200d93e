"""Whatever is done to the files, the store says so or is unharmed; it is never silently wrong."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from edge.adapters.store.errors import RollbackError, TamperError
from edge.domain.measures import GrantId
from edge.errors import StoreError
from tests.adapters.store.examples import DAY, NOON
from tests.adapters.store.homes import OFFER, a_home, fill, told

FLIPS = 150


async def everything(folder: Path) -> list[str]:
    """All that the store tells, each table proven whole."""
    async with a_home(folder) as store:
        await store.examine()
        return await told(store)


async def flipped(folder: Path, name: str, dice: random.Random, flips: int) -> tuple[int, int]:
    """How many single flipped bits of a file were noticed, and how many changed nothing."""
    async with a_home(folder / "good") as store:
        await fill(store)
    before, noticed, harmless = await everything(folder / "good"), 0, 0
    content = (folder / "good" / name).read_bytes()
    for _ in range(flips):
        place = dice.randrange(len(content) * 8)
        damaged = bytearray(content)
        damaged[place // 8] ^= 1 << place % 8
        shutil.rmtree(folder / "bad", ignore_errors=True)
        shutil.copytree(folder / "good", folder / "bad")
        (folder / "bad" / name).write_bytes(damaged)
        try:
            assert await everything(folder / "bad") == before, f"silently wrong: bit {place}"
            harmless += 1
        except StoreError:
            noticed += 1
    return noticed, harmless


async def test_a_flipped_bit_is_noticed_or_harmless(tmp_path: Path) -> None:
    """A few bits of the database; most bytes of a small file are in use."""
    noticed, harmless = await flipped(tmp_path, "data/store.db", random.Random(1), 12)
    assert noticed
    assert noticed + harmless == 12


@pytest.mark.soak
@pytest.mark.parametrize("name", ["data/store.db", "keys/slots.json", "keys/anchor", "keys/key"])
async def test_many_flipped_bits_are_noticed_or_harmless(tmp_path: Path, name: str) -> None:
    """150 bits of each file: never silently wrong data."""
    noticed, harmless = await flipped(tmp_path, name, random.Random(name), FLIPS)
    assert noticed + harmless == FLIPS
    if name in {"keys/key", "keys/slots.json"}:
        assert noticed > FLIPS * 0.9


@pytest.mark.parametrize("table", [1, 2, 4, 5, 6, 7, 8, 9, 11, 12, 19])
async def test_a_deleted_row_is_noticed_in_every_table(tmp_path: Path, table: int) -> None:
    """A withdrawal, a dismissal or a receipt cannot be taken away."""
    async with a_home(tmp_path) as store:
        await fill(store)
    with closing(sqlite3.connect(tmp_path / "data" / "store.db")) as connection:
        gone = connection.execute(f"DELETE FROM d{table} WHERE id = (SELECT max(id) FROM d{table})")  # noqa: S608 -- a number
        connection.commit()
        assert gone.rowcount == 1
    with pytest.raises(TamperError):
        await everything(tmp_path)


async def test_a_withdrawal_undone_by_an_old_row_is_noticed(tmp_path: Path) -> None:
    """The grant as it stood before is authentic, and still refused."""
    async with a_home(tmp_path) as store:
        await fill(store)
    path = tmp_path / "data" / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        standing = connection.execute("SELECT id, v FROM d4").fetchall()
    async with a_home(tmp_path) as store:
        await store.withdraw([OFFER.id], at=NOON + DAY)
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("UPDATE d4 SET v = ?2 WHERE id = ?1", standing)
        connection.commit()
    async with a_home(tmp_path) as store:
        with pytest.raises(TamperError):
            await store.grants(now=NOON + DAY)


async def test_a_withdrawal_undone_by_an_old_file_is_noticed(tmp_path: Path) -> None:
    """Even if power was cut right after it: the anchor knew before it was acknowledged."""
    async with a_home(tmp_path) as store:
        await fill(store)
    shutil.copytree(tmp_path / "data", tmp_path / "granted")
    async with a_home(tmp_path) as store:
        await store.withdraw([OFFER.id], at=NOON + DAY)
        shutil.copytree(tmp_path / "keys", tmp_path / "cut" / "keys")
    shutil.copytree(tmp_path / "granted", tmp_path / "cut" / "data")
    with pytest.raises(RollbackError):
        await everything(tmp_path / "cut")


async def test_a_dismissal_undone_by_an_old_file_is_noticed(tmp_path: Path) -> None:
    """Like a withdrawal."""
    async with a_home(tmp_path) as store:
        await fill(store)
    shutil.copytree(tmp_path / "data", tmp_path / "before")
    async with a_home(tmp_path) as store:
        await store.withdraw([GrantId("grant-keep")], at=NOON)
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "before", tmp_path / "data")
    with pytest.raises(RollbackError):
        await everything(tmp_path)
