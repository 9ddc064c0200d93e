"""Files of earlier versions open in this one; nothing is lost, nothing is believed twice."""

import shutil
from pathlib import Path

import pytest

from edge.adapters.store.sealed.row_engine import VERSION
from edge.domain.household import Preferences
from edge.domain.measures import NeedId
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import BOOK, BUTTER, DAY, NOON, a_need, a_reading, an_appliance
from tests.adapters.store.homes import a_home

FILES = Path(__file__).parent / "files"


@pytest.fixture
def home_of_version_1(tmp_path: Path) -> Path:
    """A home that version 1 wrote: consent, an answer, and a day and a half of readings."""
    shutil.copytree(FILES / "version_1", tmp_path / "home")
    (tmp_path / "home" / "keys" / "key").chmod(0o600)
    return tmp_path / "home"


async def test_version_1_opens_with_everything_in_it(home_of_version_1: Path) -> None:
    """Appliances, grants ended and standing, needs, history, choices, readings, counters."""
    async with a_home(home_of_version_1) as store:
        assert await store.appliances() == [an_appliance()]
        ended = {grant.id: grant.ended_at for grant in await store.grant_history()}
        assert ended == {"g1": None, "g2": None, "g3": None, "g4": NOON + DAY}
        assert await store.needs() == [a_need()]
        assert await store.settled(NeedId("butter-1"))
        assert len((await store.history(since=NOON)).impressions) == 1
        assert await store.preferences() == Preferences(language="en")
        assert await store.counts() == {"readings.refused": 1}
        expected = [a_reading(minute * 7, 180 - minute / 10) for minute in range(300)]
        assert await store.readings(BUTTER, since=NOON) == expected
        assert len(await store.readings(BOOK, since=NOON)) == 3


async def test_migrated_readings_are_not_kept_twice(home_of_version_1: Path) -> None:
    """The fridge may say them again."""
    async with a_home(home_of_version_1) as store:
        assert await store.add_readings([a_reading(0), a_reading(1), a_reading(7)]) == 1


def test_a_migration_happens_once(home_of_version_1: Path) -> None:
    """The second opening writes nothing."""
    with a_file(home_of_version_1) as file:
        commit = file.engine.state.commit
        assert file.engine.state.version == VERSION
    with a_file(home_of_version_1) as file:
        assert file.engine.state.commit == commit


def test_every_earlier_version_has_its_file() -> None:
    """Whoever raises VERSION adds a real file of the one before."""
    assert [folder.name for folder in sorted(FILES.iterdir())] == [
        f"version_{version}" for version in range(1, VERSION)
    ]
