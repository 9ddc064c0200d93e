"""Time that jumps from one event to the next, and a loop that lets nobody out unseen.

The edge lives on the loop; the courier, which is synchronous, moves time forward when it waits.
Whatever the edge itself tries to send lands in the same transcript and is refused.
"""

import asyncio
import selectors
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NoReturn

from tests.fakes.clock import NOON

OUTDOOR_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


@dataclass(frozen=True, slots=True)
class Departure:
    """One thing that somebody outside can see: when, what kind, where to, which bytes."""

    at: float
    what: str
    to: str
    content: bytes


class _JumpingSelector(selectors.SelectSelector):
    """Waits for nothing but threads of ours: whatever is due next is due now."""

    loop: "VirtualLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.loop.working:
            return super().select(None)
        if timeout is None:
            message = "nothing will ever happen again"
            raise RuntimeError(message)
        self.loop.passed += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time, without a network."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.working = 0
        self.departures: list[Departure] = []
        selector = _JumpingSelector()
        selector.loop = self
        super().__init__(selector)
        self._clock_resolution = 1e-9  # a jump may end a rounding error before what it jumped to

    def time(self) -> float:
        return self.passed

    def note(self, what: str, to: str, content: bytes = b"") -> None:
        """Somebody outside has seen this."""
        self.departures.append(Departure(round(self.passed, 9), what, to, content))

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]  # noqa: ANN401 - as asyncio has it
        self.working += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._worked)
        return future

    def _worked(self, _: asyncio.Future[Any]) -> None:
        self.working -= 1

    async def _refused(self, *arguments: object, **named: object) -> NoReturn:
        self.note("edge", repr(arguments), repr(sorted(named)).encode())
        message = "nothing of the edge leaves the home"
        raise PermissionError(message)

    create_connection = create_datagram_endpoint = _refused
    sock_connect = sock_sendall = sock_sendto = getaddrinfo = _refused


@dataclass(slots=True)
class VirtualTime:
    """The time of one home, counted from `NOON`, in seconds."""

    loop: VirtualLoop = field(default_factory=VirtualLoop)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def now(self) -> datetime:
        """This instant."""
        return NOON + timedelta(seconds=self.loop.passed)

    def tick(self) -> float:
        """Seconds since the beginning."""
        return self.loop.passed

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Something that goes on while time passes."""
        task = self.loop.create_task(work)
        self.tasks.append(task)
        return task

    def advance(self, seconds: float) -> None:
        """Let so much time pass, and everything happen that is due."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    def close(self) -> None:
        """End everything that still goes on."""
        for task in self.tasks:
            task.cancel()
        if self.tasks:
            self.loop.run_until_complete(asyncio.wait(self.tasks))
        self.loop.working += 1  # a thread joins the others: wait for it in real time
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


_watching: list[Callable[[str, str], None]] = []


def _tripwire(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in OUTDOOR_EVENTS:
        _watching[-1](event, repr(arguments[1]))


sys.addaudithook(_tripwire)


@contextmanager
def virtual_time() -> Iterator[VirtualTime]:
    """Time for one home; a socket that anybody uses meanwhile is on its transcript."""
    time = VirtualTime()
    _watching.append(time.loop.note)
    try:
        yield time
    finally:
        _watching.pop()
        time.close()
