"""What firmware asks of a transport: two kinds of message out, one in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Protocol

from devices.appliance import Measurement
from devices.placement import Placement
from devices.reactions import Reaction


class LinkLostError(Exception):
    """The runtime is not there, or no longer; what was not acknowledged is to be sent again.

    Attributes:
        whom: The address.
    """

    def __init__(self, whom: str, detail: str) -> None:
        super().__init__(f"{whom}: {detail}")
        self.whom = whom


class Link(Protocol):
    """One connection to the runtime. Each method raises LinkLostError when it breaks."""

    async def send_readings(self, pack: Sequence[Measurement]) -> None:
        """Send one pack; returns when the runtime has it, or has refused it for good."""
        ...

    async def send_reaction(self, reaction: Reaction) -> None:
        """Send a reaction; returns when the runtime has it."""
        ...

    def placements(self) -> AsyncIterator[Placement | None]:
        """What is to be shown, whenever it changes; None for nothing. Never ends by itself."""
        ...


OpenLink = Callable[[], AbstractAsyncContextManager[Link]]
"""Opens a new link: one for each connection."""

GOODBYE_PATIENCE = 1.0
"""Real seconds: a runtime that has gone needs no goodbye."""


async def say_goodbye(goodbye: Awaitable[None]) -> None:
    """Leave politely, if there is still somebody to leave."""
    with suppress(LinkLostError, TimeoutError):
        async with asyncio.timeout(GOODBYE_PATIENCE):
            await goodbye
