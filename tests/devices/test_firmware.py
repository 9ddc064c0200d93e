"""The loop that makes an appliance run, over a link that is a fake."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from devices.appliance import Appliance, Emissions, Measurement
from devices.clock import Clock, clock_at
from devices.firmware import OUTBOX_MOST, Outbox, run_firmware
from devices.link import LinkLostError
from devices.placement import Placement, parse_placement
from devices.reactions import Person, Reaction
from devices.run import Emulation
from tests.devices.builders import NOON, a_placement_body

WHOM = "fake://"


class FakeLink:
    """A link that remembers, and breaks when told to."""

    def __init__(self, *, takes: int = 1_000_000, shows: Placement | None = None) -> None:
        self.takes = takes
        self.shows = shows
        self.packs: list[list[Measurement]] = []
        self.reactions: list[Reaction] = []
        self.arrived = asyncio.Event()

    async def send_readings(self, pack: Sequence[Measurement]) -> None:
        """Take it, or break."""
        if len(self.packs) >= self.takes:
            raise LinkLostError(WHOM, "broken")
        self.packs.append(list(pack))

    async def send_reaction(self, reaction: Reaction) -> None:
        """Take it."""
        self.reactions.append(reaction)
        self.arrived.set()

    async def placements(self) -> AsyncGenerator[Placement | None, None]:
        """One, then silence."""
        yield self.shows
        await asyncio.Event().wait()


def measured(count: int) -> list[Measurement]:
    return [
        Measurement(name="x", time=NOON + timedelta(seconds=n), value=n, unit="count")
        for n in range(count)
    ]


async def test_what_was_not_taken_is_sent_again() -> None:
    """From the first pack that broke on, in the same order."""
    outbox = Outbox(measured(600))
    broken, whole = FakeLink(takes=1), FakeLink()

    with pytest.raises(LinkLostError):
        await outbox.empty_into(broken)
    await outbox.empty_into(whole)

    sent = [one for pack in (*broken.packs, *whole.packs) for one in pack]
    assert sent == measured(600)
    assert len(outbox) == 0


def test_an_outbox_is_bounded() -> None:
    """The oldest go first."""
    outbox = Outbox()
    for _ in range(3):
        outbox.add(Emissions(measurements=measured(OUTBOX_MOST // 2)))

    assert len(outbox) == OUTBOX_MOST


def an_appliance() -> Appliance:
    sensors = Emulation(kind="fridge", seed=1).sensors(joined=NOON)
    return Appliance(sensors, Person(seed=1, name="fridge"), since=NOON)


async def run_until(event: asyncio.Event, appliance: Appliance, links: list[FakeLink]) -> None:
    """Run the firmware over one link after the other, a day a second, until the event."""
    waiting = iter(links)

    @asynccontextmanager
    async def open_link() -> AsyncIterator[FakeLink]:
        yield next(waiting)

    clock: Clock = clock_at(NOON, speed=86_400)
    running = run_firmware(appliance, open_link, clock, dice=random.Random(1), backlog_days=2)
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        firmware = tasks.create_task(running)
        with suppress(asyncio.CancelledError):
            await event.wait()
        firmware.cancel()


async def test_the_backlog_comes_before_what_is_new_and_survives_a_break() -> None:
    """Over two links, everything once and in time order; what is shown is answered."""
    shows = parse_placement(a_placement_body())
    broken, whole = FakeLink(takes=0), FakeLink(shows=shows)

    await run_until(whole.arrived, an_appliance(), [broken, whole])

    times = [one.time for pack in whole.packs for one in pack]
    assert times == sorted(times)
    assert times[0] < NOON - timedelta(days=1)
    assert times[-1] > NOON
    assert [reaction.placement for reaction in whole.reactions] == ["p-1"]
