"""The home trusts signatures, not the courier: every attack is refused, and the last good stays."""

import asyncio
import logging
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from tuf.ngclient import Updater

from edge.adapters.catalogue_shelf import ShelfPlace, SignedShelf
from edge.adapters.catalogue_verification import verify
from edge.adapters.verification_apart import Verify, verify_apart
from edge.adapters.vouched import Vouched
from edge.domain.category import CategoryName
from tests.catalogue_world import ATTACKS, HEAD, WEEK, Attack, World, write_generation
from tests.fakes.clock import NOON

NAMES = {
    "mix-and-match of files": "mix-and-match",
    "mix-and-match of metadata": "mix-and-match",
    "endless data below a good head": "endless data",
    "old key after rotation": "wrong key",
}


async def verify_here(source: Path, memory: Path, root: bytes, now: datetime) -> Vouched:
    """The verification without its process, which would cost half a second a time."""
    return await asyncio.to_thread(verify, source, memory, root, now=now)


class Home:
    """A shelf's reader, with what it counted."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder / "cloud")
        self.first = self.world.publish()
        self.second = self.world.publish()
        self.shelf = folder / "shelf"
        self.memory = folder / "memory"
        self.counted: Counter[str] = Counter()

    def reader(self, verify: Verify = verify_here) -> SignedShelf:
        """A reader that has just started."""
        place = ShelfPlace(shelf=self.shelf, memory=self.memory, root=self.world.root)
        return SignedShelf(place, count=self._count, verify=verify)

    async def _count(self, event: str) -> None:
        self.counted[event] += 1


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose cloud has published twice."""
    return Home(tmp_path)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_an_attack_is_refused_and_the_last_good_catalogue_stays(
    home: Home, attack: Attack, caplog: pytest.LogCaptureFixture
) -> None:
    """A bad generation is named, counted once, and changes nothing."""
    caplog.set_level(logging.INFO)
    reader = home.reader()
    write_generation(home.shelf, "good", home.second)
    good = await reader.newest(now=NOON)
    write_generation(home.shelf, "bad", attack.files(home.world, home.first, home.second))
    now = NOON + attack.later
    for _ in range(2):
        assert await reader.newest(now=now) == (good if now < NOON + WEEK else None)
    refusal = NAMES.get(attack.name, attack.name)
    assert home.counted == {f"catalogue.refused.{refusal.replace(' ', '_')}": 1}
    assert f"attack={refusal}" in caplog.text


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_an_attack_is_refused_after_a_restart_too(home: Home, attack: Attack) -> None:
    """What was accepted before is remembered on disk: the last good one and the rollback memory."""
    write_generation(home.shelf, "good", home.second)
    good = await home.reader().newest(now=NOON)
    write_generation(home.shelf, "bad", attack.files(home.world, home.first, home.second))
    now = NOON + attack.later
    assert await home.reader().newest(now=now) == (good if now < NOON + WEEK else None)
    assert home.counted.total() == 1


@pytest.mark.parametrize("attack", ATTACKS[:2], ids=lambda attack: attack.name)
async def test_the_process_that_verifies_gives_the_same_verdict(home: Home, attack: Attack) -> None:
    """Across the process boundary a refusal keeps its name."""
    reader = home.reader(verify_apart)
    write_generation(home.shelf, "good", home.second)
    assert await reader.newest(now=NOON)
    write_generation(home.shelf, "bad", attack.files(home.world, home.first, home.second))
    await reader.newest(now=NOON + attack.later)
    assert home.counted == {f"catalogue.refused.{attack.name}": 1}


async def test_a_home_without_memory_has_nothing_after_an_attack(home: Home) -> None:
    """A first catalogue that is bad gives None, not an exception."""
    write_generation(home.shelf, "bad", home.second | {HEAD: b"{}"})
    assert await home.reader().newest(now=NOON) is None


async def test_a_catalogue_of_another_root_is_refused(home: Home, tmp_path: Path) -> None:
    """Only the root that the product was built with counts."""
    other = World(tmp_path / "other")
    write_generation(home.shelf, "other", other.publish())
    assert await home.reader().newest(now=NOON) is None
    assert home.counted == {"catalogue.refused.wrong_key": 1}


@pytest.mark.parametrize("key", ["root", "timestamp", "snapshot", "targets", "offers"])
async def test_a_rotated_key_is_followed(home: Home, key: str) -> None:
    """A rotation through the signed root is accepted, at home and after a restart."""
    reader = home.reader()
    write_generation(home.shelf, "before", home.second)
    before = await reader.newest(now=NOON)
    home.world.keys.replace(key)
    write_generation(home.shelf, "after", home.world.publish())
    after = await reader.newest(now=NOON)
    assert before
    assert after
    assert after.version > before.version
    assert await home.reader().newest(now=NOON) == after
    assert not home.counted


async def test_a_refused_generation_leaves_no_trace_in_the_memory(home: Home) -> None:
    """Half a good publication does not move what counts as a rollback."""
    reader = home.reader()
    write_generation(home.shelf, "good", home.first)
    await reader.newest(now=NOON)
    third = home.world.publish()
    broken = {name: content for name, content in third.items() if "targets/milk" not in name}
    write_generation(home.shelf, "bad", broken)
    await reader.newest(now=NOON)
    write_generation(home.shelf, "again", home.second)
    newest = await reader.newest(now=NOON)
    assert newest
    assert newest.version == 2


async def test_an_unknown_category_is_left_aside(home: Home) -> None:
    """A cloud that knows more categories than we do does no harm."""
    home.world.categories = ("butter", "lamps", "milk")
    write_generation(home.shelf, "wider", home.world.publish())
    newest = await home.reader().newest(now=NOON)
    assert newest
    assert set(newest.offers) == {CategoryName("butter"), CategoryName("milk")}


async def test_the_time_is_told_to_the_verifier(home: Home) -> None:
    """The private attribute of TUF's client that we set exists, and expiry is judged by it."""
    root = home.world.root
    trusted = home.memory / "probe"
    trusted.mkdir(parents=True)
    probe = Updater(str(trusted), "", bootstrap=root)
    assert probe._trusted_set.reference_time.tzinfo is not None
    write_generation(home.shelf, "old", home.second)
    assert await home.reader().newest(now=NOON + WEEK) is None
    assert home.counted == {"catalogue.refused.freeze": 1}


async def test_a_new_file_does_not_overwrite_the_last_good_one(home: Home) -> None:
    """What changed is written anew: a publication that fails later leaves the old files whole."""
    write_generation(home.shelf, "good", home.second)
    good = await home.reader().newest(now=NOON)
    third = home.world.publish()
    broken = {name: content for name, content in third.items() if "targets/milk" not in name}
    write_generation(home.shelf, "bad", broken)
    assert await home.reader().newest(now=NOON) == good
    shutil.rmtree(home.shelf)
    assert await home.reader().newest(now=NOON) == good
