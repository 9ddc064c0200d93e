"""The loop that makes an appliance run: measure, buffer, send, show, press; over any transport.

What the runtime has not acknowledged stays in the outbox and is sent again after a reconnect; the
wire makes that harmless, since the same reading twice changes nothing.
"""

import asyncio
import logging
import random
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

from devices.appliance import Appliance, Emissions, Measurement
from devices.clock import Clock
from devices.link import Link, LinkLostError, OpenLink
from devices.reactions import Reaction
from devices.senml import packs

log = logging.getLogger(__name__)

OUTBOX_MOST = 20_000
"""Measurements kept while the runtime is away; then the oldest go. Two months of a fridge."""

STEP = timedelta(minutes=5)
"""How often the appliance looks at its sensors and buttons, in its own time."""

TICK = (0.1, 1.0)
"""Real seconds between two steps, whatever the speed: neither busy nor asleep."""

BACKOFF = (0.25, 30.0)
"""Real seconds: the first and the longest wait before another connection, at random below that."""


class Outbox:
    """What is still to be sent, oldest first."""

    def __init__(self, measurements: Sequence[Measurement] = ()) -> None:
        self._measurements = deque(measurements, maxlen=OUTBOX_MOST)
        self._reactions = deque[Reaction](maxlen=64)

    def __len__(self) -> int:
        return len(self._measurements) + len(self._reactions)

    def add(self, emissions: Emissions) -> None:
        """Put what a step emitted behind what is there."""
        self._measurements.extend(emissions.measurements)
        if emissions.reaction:
            self._reactions.append(emissions.reaction)

    async def empty_into(self, link: Link) -> None:
        """Send everything; what the link has taken is gone, the rest stays if it breaks."""
        while self._reactions:
            await link.send_reaction(self._reactions[0])
            self._reactions.popleft()
        for pack in packs(tuple(self._measurements)):
            await link.send_readings(pack)
            for _ in pack:
                self._measurements.popleft()


async def run_firmware(
    appliance: Appliance,
    open_link: OpenLink,
    clock: Clock,
    *,
    dice: random.Random,
    backlog_days: float,
) -> None:
    """Run the appliance until cancelled, through as many connections as it takes."""
    outbox = Outbox(appliance.recall(backlog_days))
    failures = 0
    while True:
        try:
            async with open_link() as link:
                log.info("link.up waiting=%d", len(outbox))
                failures = 0
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(_report(appliance, outbox, link, clock), name="report")
                    tasks.create_task(_display(appliance, link, clock), name="display")
        except* LinkLostError as lost:
            failures += 1
            if failures == 1:
                log.warning("link.down reason=%r", str(_innermost(lost)))
        await asyncio.sleep(_backoff(failures, dice))


async def _report(appliance: Appliance, outbox: Outbox, link: Link, clock: Clock) -> None:
    tick = min(TICK[1], max(TICK[0], clock.real_seconds(STEP)))
    while True:
        outbox.add(appliance.step(clock.now()))
        await outbox.empty_into(link)
        await asyncio.sleep(tick)


async def _display(appliance: Appliance, link: Link, clock: Clock) -> None:
    async for placement in link.placements():
        appliance.show(placement, clock.now())
        log.info("surface.%s", "shows" if placement else "is_empty")


def _backoff(failures: int, dice: random.Random) -> float:
    """Full jitter: many appliances do not come back at the same instant."""
    return dice.uniform(0.0, min(BACKOFF[1], BACKOFF[0] * 2.0**failures))


def _innermost(lost: BaseExceptionGroup[LinkLostError]) -> BaseException:
    first: BaseException = lost
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return first
