"""A backup brings data back, never consent."""

from pathlib import Path

import pytest

from edge.adapters.store.backup import read_backup, write_backup
from edge.adapters.store.errors import KeyRefusedError, TamperError
from edge.domain.household import Preferences
from edge.domain.measures import GrantId, NeedId
from tests.adapters.store.examples import (
    BUTTER,
    DAY,
    NOON,
    READER,
    TurnedClock,
    a_reading,
    an_appliance,
)
from tests.adapters.store.homes import OFFER, a_home, fill

WORDS = "correct horse battery staple"


async def a_backup(folder: Path) -> Path:
    """Of a filled home, which goes on in `folder`."""
    async with a_home(folder) as store:
        await fill(store)
        await store.back_up(folder / "backup", words=WORDS)
    return folder / "backup"


async def test_a_new_home_gets_everything_but_consent(tmp_path: Path) -> None:
    """Every grant comes back ended; readings, answers and choices come back as they were."""
    backup = await a_backup(tmp_path / "old")
    async with a_home(tmp_path / "new", TurnedClock(NOON + DAY)) as store:
        await store.restore(backup, words=WORDS)
        assert await store.appliances() == [an_appliance(READER), an_appliance()]
        assert list(await store.grants(now=NOON + 2 * DAY)) == []
        assert {one.ended_at for one in await store.grant_history()} == {NOON + DAY}
        assert len(await store.readings(BUTTER, since=NOON)) == 61
        assert await store.preferences() == Preferences(language="en")
        assert await store.settled(NeedId("butter-1"))
        assert len((await store.history(since=NOON)).impressions) == 2
        assert await store.needs() == []
        await store.examine()


async def test_restoring_revives_no_withdrawn_grant(tmp_path: Path) -> None:
    """What was withdrawn after the backup stays withdrawn, what stands stays standing."""
    backup = await a_backup(tmp_path)
    async with a_home(tmp_path) as store:
        await store.withdraw([OFFER.id], at=NOON + DAY)
        await store.restore(backup, words=WORDS)
        standing = {grant.id for grant in await store.grants(now=NOON + 2 * DAY)}
        assert standing == {"grant-keep", "grant-infer"}


async def test_restoring_revives_no_readings_of_a_withdrawn_purpose(tmp_path: Path) -> None:
    """Keeping was refused since: nothing that was kept comes back."""
    backup = await a_backup(tmp_path)
    async with a_home(tmp_path) as store:
        await store.withdraw([GrantId("grant-keep")], at=NOON + DAY)
        await store.restore(backup, words=WORDS)
        assert await store.readings(BUTTER, since=NOON) == []


async def test_restoring_twice_is_restoring_once(tmp_path: Path) -> None:
    """And what came since stays."""
    backup = await a_backup(tmp_path)
    async with a_home(tmp_path) as store:
        await store.add_readings([a_reading(0.5)])
        await store.put_preferences(Preferences(language="de", most_per_day=1))
        for _ in range(2):
            await store.restore(backup, words=WORDS)
        assert len(await store.readings(BUTTER, since=NOON)) == 62
        assert (await store.preferences()).most_per_day == 1
        assert len((await store.history(since=NOON)).impressions) == 2


async def test_a_backup_opens_with_its_words_only(tmp_path: Path) -> None:
    """And shows nothing of what is in it."""
    backup = await a_backup(tmp_path)
    assert b"butter" not in backup.read_bytes().lower()
    async with a_home(tmp_path) as store:
        with pytest.raises(KeyRefusedError):
            await store.restore(backup, words="wrong")


LINES = [{"kind": "format", "value": number} for number in range(5)]


@pytest.mark.parametrize("cut", [1, 10, 33, 60])
def test_a_cut_backup_is_noticed(tmp_path: Path, cut: int) -> None:
    """A restore of half a home would pass for a whole one."""
    path = tmp_path / "backup"
    write_backup(path, LINES, words=WORDS)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(TamperError):
        list(read_backup(path, words=WORDS))


def test_a_changed_backup_is_noticed(tmp_path: Path) -> None:
    """One bit in its middle."""
    path = tmp_path / "backup"
    write_backup(path, LINES, words=WORDS)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(TamperError):
        list(read_backup(path, words=WORDS))


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    """And is said to be none."""
    (tmp_path / "backup").write_bytes(b"holiday pictures")
    with pytest.raises(KeyRefusedError):
        list(read_backup(tmp_path / "backup", words=WORDS))
