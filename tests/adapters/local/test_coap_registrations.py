"""Who is there: registrations that lapse when nobody renews them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from edge.adapters.local.coap_registrations import Registrations
from edge.errors import StoreError
from tests.adapters.local.coap_home import EREADER, FRIDGE, FakeReception


class Seconds:
    """A monotonic clock that is moved by hand."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def reception() -> FakeReception:
    return FakeReception()


@pytest.fixture
def registrations(reception: FakeReception, seconds: Seconds) -> Registrations:
    return Registrations(reception, monotonic=seconds)


Look = Callable[[], Awaitable[None]]


@pytest.fixture
async def look(registrations: Registrations, reception: FakeReception) -> AsyncIterator[Look]:
    """Lets the watch look at the clock: any registration wakes it."""
    del reception
    async with asyncio.TaskGroup() as group:
        watch = group.create_task(registrations.watch())

        async def look() -> None:
            await registrations.keep(EREADER, lifetime_s=604_800)
            await asyncio.sleep(0.01)

        yield look
        watch.cancel()


def _gone(reception: FakeReception) -> bool:
    return ("presence", FRIDGE, False) in reception.heard


async def test_a_registration_lapses_at_its_lifetime(
    registrations: Registrations, reception: FakeReception, seconds: Seconds, look: Look
) -> None:
    """Just before, the appliance is there; at the end of the lifetime it is not."""
    await registrations.keep(FRIDGE, lifetime_s=60)
    seconds.now += 59.999
    await look()
    assert not _gone(reception)
    seconds.now += 0.001
    await look()
    assert _gone(reception)
    assert FRIDGE not in registrations


async def test_the_watch_wakes_by_itself_when_a_lifetime_ends(reception: FakeReception) -> None:
    """Nobody has to come for somebody's absence to be noticed."""
    registrations = Registrations(reception, monotonic=asyncio.get_running_loop().time)
    registrations._deadlines[FRIDGE] = asyncio.get_running_loop().time() + 0.05
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(registrations.watch(), 0.3)
    assert _gone(reception)


async def test_a_renewal_keeps_the_lifetime_that_was_asked_for(
    registrations: Registrations, reception: FakeReception, seconds: Seconds, look: Look
) -> None:
    """An update without `lt` means as long as before (RFC 9176 section 5.3.1)."""
    await registrations.keep(FRIDGE, lifetime_s=60)
    seconds.now += 50
    await registrations.keep(FRIDGE, lifetime_s=None)
    seconds.now += 59
    await look()
    assert not _gone(reception)
    seconds.now += 1
    await look()
    assert _gone(reception)


async def test_without_a_lifetime_it_is_twenty_five_hours(
    registrations: Registrations, reception: FakeReception, seconds: Seconds, look: Look
) -> None:
    """The default of RFC 9176."""
    await registrations.keep(FRIDGE, lifetime_s=None)
    seconds.now += 89_999
    await look()
    assert not _gone(reception)
    seconds.now += 1
    await look()
    assert _gone(reception)


async def test_a_presence_that_cannot_be_kept_is_no_registration(
    registrations: Registrations, reception: FakeReception
) -> None:
    """The appliance is told that it failed, so nothing was changed."""
    reception.trouble = StoreError("disk full")
    with pytest.raises(StoreError):
        await registrations.keep(FRIDGE, lifetime_s=60)
    assert FRIDGE not in registrations


async def test_a_lapse_that_cannot_be_kept_stops_nothing(
    registrations: Registrations, reception: FakeReception, seconds: Seconds, look: Look
) -> None:
    """The watch goes on and notices the next one."""
    await registrations.keep(FRIDGE, lifetime_s=60)
    reception.trouble = StoreError("disk full")
    seconds.now += 60
    registrations._changed.set()
    await asyncio.sleep(0.01)
    reception.trouble = None
    await registrations.keep(FRIDGE, lifetime_s=60)
    seconds.now += 60
    await look()
    assert _gone(reception)


async def test_a_forgotten_appliance_goes_without_a_word(
    registrations: Registrations, reception: FakeReception
) -> None:
    """There is nobody left whose absence would matter."""
    await registrations.keep(FRIDGE, lifetime_s=60)
    registrations.forget(FRIDGE)
    assert FRIDGE not in registrations
    assert not _gone(reception)
