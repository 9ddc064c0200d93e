"""Tell open pages that something changed, and nothing more: they then ask for themselves.

Each listener is one flag. However slow it is and however much happens, what waits for it is
"something changed": no queue can grow and no value travels outside a page's own request.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from edge.domain.story import Event

LISTENERS_MOST = 16
"""A household's screens; also bounds what a page left open in forty tabs can hold."""

_CALM = 0.5
"""Seconds between two notices: a flood of readings redraws a page twice a second at most."""
_HEARTBEAT = 20.0
"""Seconds of silence after which a line is sent to find out whether anyone still listens."""


class Live:
    """A Teller whose listeners are open pages."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Event] = set()
        self._open = True

    def tell(self, event: Event) -> None:
        """Something happened; what it was is for the page to ask."""
        del event  # a value must not travel outside a page's own request
        self._wake()

    @property
    def full(self) -> bool:
        """Whether no further listener fits."""
        return len(self._listeners) >= LISTENERS_MOST

    async def notices(self) -> AsyncIterator[str]:
        """Server-sent events: `change` after something happened, a comment when all is quiet."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            yield "retry: 3000\n\n"
            while self._open:
                yield await self._next(changed)
                await asyncio.sleep(_CALM)
        finally:
            self._listeners.discard(changed)

    def close(self) -> None:
        """Send every listener home: the server is about to stop."""
        self._open = False
        self._wake()

    async def _next(self, changed: asyncio.Event) -> str:
        with suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), _HEARTBEAT)
        notice = "event: change\ndata: {}\n\n" if changed.is_set() else ":\n\n"
        changed.clear()
        return notice

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.set()
