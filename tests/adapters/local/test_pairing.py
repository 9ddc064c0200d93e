"""The window: one code lets one appliance in once, and nobody else learns anything."""

import asyncio
import time
from pathlib import Path

import pytest

from edge.adapters.local import pairing
from edge.adapters.local.pairing import REFUSAL_DELAY_S, WRONG_PROOFS_MOST
from edge.errors import MalformedError, RefusedError, StoreError
from edge.wire.encoding import Encoding
from tests.adapters.local.front_door import FrontDoor, a_front_door
from tests.builders import FRIDGE
from tests.fakes.clock import NOON
from tests.wire.appliance_side import PairingAppliance
from tests.wire.manifests import a_manifest, as_bytes

JSON, CBOR = Encoding.JSON, Encoding.CBOR
MANIFEST = as_bytes(a_manifest())
TICK = 0.001


@pytest.fixture
async def home(tmp_path: Path) -> FrontDoor:
    return await a_front_door(tmp_path)


@pytest.fixture
def no_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that are not about the delay."""
    monkeypatch.setattr(pairing, "REFUSAL_DELAY_S", 0.0)


async def refused(home: FrontDoor, code: str) -> bool:
    request = PairingAppliance(code, MANIFEST).request(CBOR)
    try:
        await home.desk.answer(request, CBOR)
    except RefusedError:
        return True
    return False


@pytest.mark.parametrize("encoding", Encoding)
async def test_an_appliance_with_the_code_is_let_in(home: FrontDoor, encoding: Encoding) -> None:
    """It gets a name after its kind and credentials that work; the home knows what it is."""
    appliance = PairingAppliance(await home.desk.open(), MANIFEST)
    answer = await home.desk.answer(appliance.request(encoding), encoding)
    given = appliance.opened(answer, encoding)
    (kept,) = home.store.kept.values()
    assert kept.id == given["device"]
    assert kept.id.startswith("fridge-")
    assert len(kept.id) == len("fridge-") + 4
    assert (kept.kind, kept.paired_at) == ("fridge", NOON)
    assert home.accounts.accepts(given["device"], given["password"])
    assert home.changes == [[kept.id]]


async def test_an_appliances_own_code_works_too(home: FrontDoor) -> None:
    """The code may come from the appliance's screen, typed by a person."""
    assert await home.desk.open("abcd efgh jkmn") == "ABCD-EFGH-JKMN"
    assert not await refused(home, "ABCD-EFGH-JKMN")


async def test_what_cannot_be_a_code_opens_nothing(home: FrontDoor) -> None:
    """A mistyped code is an error for the person, and the window stays shut."""
    for typed in ("", "ABCD", "UUUU-UUUU-UUUU"):
        with pytest.raises(MalformedError):
            await home.desk.open(typed)
    assert not home.desk.is_open


@pytest.mark.usefixtures("no_delay")
async def test_without_a_window_nobody_comes_in(home: FrontDoor) -> None:
    """The code of a window that never was proves nothing."""
    assert await refused(home, "ABCD-EFGH-JKMN")
    assert (home.store.kept, home.changes) == ({}, [])


@pytest.mark.usefixtures("no_delay")
async def test_a_code_opens_the_door_once(home: FrontDoor) -> None:
    """The second appliance with the same code is refused like any stranger."""
    code = await home.desk.open()
    assert not await refused(home, code)
    assert await refused(home, code)
    assert len(home.store.kept) == 1


@pytest.mark.usefixtures("no_delay")
async def test_two_at_once_with_one_code_are_one(home: FrontDoor) -> None:
    """Also when both requests are there in the same instant."""
    code = await home.desk.open()
    outcomes = await asyncio.gather(*(refused(home, code) for _ in range(4)))
    assert sorted(outcomes) == [False, True, True, True]
    assert len(home.store.kept) == len(home.accounts.devices()) == 1


@pytest.mark.usefixtures("no_delay")
@pytest.mark.parametrize(
    ("after", "late"), [(5 * 60 - TICK, False), (5 * 60, True), (86_400, True)]
)
async def test_the_window_closes_after_five_minutes(
    home: FrontDoor, after: float, *, late: bool
) -> None:
    """Half open: a millisecond before it lets in, at five minutes it does not."""
    code = await home.desk.open()
    home.stopwatch.seconds += after
    assert home.desk.is_open is not late
    assert await refused(home, code) is late


@pytest.mark.usefixtures("no_delay")
@pytest.mark.parametrize(
    ("wrong", "shut"), [(WRONG_PROOFS_MOST - 1, False), (WRONG_PROOFS_MOST, True)]
)
async def test_the_fifth_wrong_proof_closes_the_window(
    home: FrontDoor, wrong: int, *, shut: bool
) -> None:
    """After four the right code still works, after five it does not."""
    code = await home.desk.open()
    for _ in range(wrong):
        assert await refused(home, "0000-0000-0000")
    assert await refused(home, code) is shut


@pytest.mark.usefixtures("no_delay")
async def test_a_new_window_makes_the_old_code_void(home: FrontDoor) -> None:
    """There is one window at a time."""
    old, new = await home.desk.open(), await home.desk.open()
    assert old != new
    assert await refused(home, old)
    assert not await refused(home, new)


@pytest.mark.usefixtures("no_delay")
async def test_a_closed_window_is_closed(home: FrontDoor) -> None:
    """A person may think better of it."""
    code = await home.desk.open()
    home.desk.close()
    assert await refused(home, code)


async def test_each_refusal_takes_a_second(home: FrontDoor) -> None:
    """With and without a window, so that the time of an answer says nothing."""
    started = time.monotonic()
    assert await refused(home, "0000-0000-0000")
    without = time.monotonic() - started
    await home.desk.open()
    started = time.monotonic()
    assert await refused(home, "0000-0000-0000")
    assert min(without, time.monotonic() - started) >= REFUSAL_DELAY_S - 0.01


async def test_a_bad_manifest_does_not_use_the_code_up(home: FrontDoor) -> None:
    """The path says what is wrong in it; the appliance may try again."""
    code = await home.desk.open()
    bad = PairingAppliance(code, as_bytes(a_manifest(title=None)))
    with pytest.raises(MalformedError) as caught:
        await home.desk.answer(bad.request(CBOR), CBOR)
    assert caught.value.field == "manifest: title"
    assert not await refused(home, code)


@pytest.mark.usefixtures("no_delay")
async def test_a_bad_manifest_is_not_looked_at_without_the_code(home: FrontDoor) -> None:
    """A stranger learns nothing from errors in a manifest."""
    await home.desk.open()
    with pytest.raises(RefusedError):
        await home.desk.answer(PairingAppliance("0" * 12, b"{").request(CBOR), CBOR)


async def test_what_cannot_be_kept_leaves_no_account(home: FrontDoor) -> None:
    """A full disk: no half-paired appliance, and the code is used up."""
    appliance = PairingAppliance(await home.desk.open(), MANIFEST)
    home.store.full = True
    with pytest.raises(StoreError):
        await home.desk.answer(appliance.request(CBOR), CBOR)
    assert (home.accounts.devices(), home.changes) == ([], [])
    assert not home.desk.is_open


async def test_a_name_is_never_given_twice(
    home: FrontDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the dice give a name that is taken, they are cast again."""
    drawn = iter([b"\x7f\x3a", b"\x7f\x3a", b"\x00\x01"])
    code, again = "ABCD-EFGH-JKMN", "JKMN-EFGH-ABCD"
    monkeypatch.setattr(home.desk, "_random_bytes", lambda _count: next(drawn))
    for one in (code, again):
        await home.desk.open(one)
        assert not await refused(home, one)
    assert list(home.store.kept) == [FRIDGE, "fridge-0001"]


async def test_an_unpaired_appliance_is_nobody_at_once(home: FrontDoor) -> None:
    """Its password is void and the transports are told; a stranger's name is no error."""
    appliance = PairingAppliance(await home.desk.open(), MANIFEST)
    given = appliance.opened(await home.desk.answer(appliance.request(CBOR), CBOR), CBOR)
    await home.desk.unpair(given["device"])
    await home.desk.unpair(given["device"])
    assert not home.accounts.accepts(given["device"], given["password"])
    assert home.changes[-2:] == [[], []]
