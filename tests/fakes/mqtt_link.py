"""A link without a broker, and ears at the end of a real one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from edge.adapters.local.backoff import Backoff
from edge.adapters.local.broker import BrokerAddress
from edge.adapters.local.mqtt_link import Heard, Listener, MqttLink
from edge.errors import UnreachableError


class FakeLink(MqttLink):
    """Remembers what was published; `down` makes it unreachable."""

    def __init__(self) -> None:
        self.down = False
        self.said: list[tuple[str, bytes, bool]] = []

    @property
    def up(self) -> bool:
        """As told."""
        return not self.down

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Remember it."""
        if self.down:
            whom = "broker"
            raise UnreachableError(whom, "no connection")
        self.said.append((topic, payload, retain))

    @property
    def retained(self) -> dict[str, bytes]:
        """What stands on the broker now."""
        standing = {topic: payload for topic, payload, retain in self.said if retain}
        return {topic: payload for topic, payload in standing.items() if payload}


async def _nothing(_heard: Heard) -> None:
    return


@dataclass
class Ears:
    """A listener that remembers; `first` is awaited before each message counts as heard."""

    filters: Sequence[str] = ("doorstep/v1/+/readings",)
    first: Callable[[Heard], Awaitable[None]] = _nothing
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def link_is_up(self) -> None:
        """Count."""
        self.connections += 1
        self._news.set()

    async def hear(self, heard: Heard) -> None:
        """Remember."""
        await self.first(heard)
        self.heard.append(heard)
        self._news.set()

    async def until(self, condition: Callable[["Ears"], bool], *, within_s: float = 10.0) -> None:
        """Wait until the condition holds."""
        async with asyncio.timeout(within_s):
            while not condition(self):
                self._news.clear()
                await self._news.wait()


QUICK_S = 0.02


def quick_link(address: BrokerAddress) -> MqttLink:
    """A real link that tries again at once."""
    link = MqttLink(address, dice=Random(1))
    link._backoff = Backoff(least_s=QUICK_S, most_s=QUICK_S, dice=Random(1))
    return link


@asynccontextmanager
async def running(link: MqttLink, listeners: Sequence[Listener]) -> AsyncIterator[MqttLink]:
    """The link at work."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(link.run(listeners))
        try:
            yield link
        finally:
            task.cancel()
