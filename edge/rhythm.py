"""What the house does by itself: look around now and then, and take away what is over.

Intervals are in the home's own time, with a floor in real seconds for emulated, faster homes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Never

from edge.adapters.memory import give_memory_back
from edge.errors import EdgeError
from edge.flow import Flow
from edge.household.home import Home, clear_what_is_over

LOOK_EVERY_S = 900.0
"""A quarter of an hour: time passes slowly in a larder, and a look costs CPU."""

TIDY_EVERY_S = 15.0
"""An offer is over when it says so; fifteen seconds late is not noticed."""

FLOOR_S = 0.5
"""Real seconds between two rounds, however fast an emulated home lives."""

SMALL_EVERY_S = 600.0
"""Real seconds between two clean-ups of our own memory; the first comes soon after the start."""

SMALL_FIRST_S = 10.0

_log = logging.getLogger(__name__)


async def keep_looking(flow: Flow, *, speed: float) -> Never:
    """Look at every item anew, again and again."""
    await _again_and_again(flow.look_around, "rhythm.look_failed", LOOK_EVERY_S / speed)


async def keep_tidy(home: Home, *, speed: float) -> Never:
    """Take what is over off its surface, again and again."""

    async def tidy() -> None:
        async with home.turn:
            await clear_what_is_over(home, now=home.clock.now())

    await _again_and_again(tidy, "rhythm.tidy_failed", TIDY_EVERY_S / speed)


async def keep_small() -> Never:
    """Give memory back to the system: after the start, and now and then."""
    wait_s = SMALL_FIRST_S
    while True:
        await asyncio.sleep(wait_s)
        give_memory_back()
        wait_s = SMALL_EVERY_S


async def _again_and_again(
    act: Callable[[], Awaitable[None]], failed: str, every_s: float
) -> Never:
    """A failure of ours is logged and tried again: nothing is shown in the meantime."""
    while True:
        try:
            await act()
        except EdgeError as error:
            _log.warning("%s error=%s", failed, type(error).__name__)
        await asyncio.sleep(max(FLOOR_S, every_s))
