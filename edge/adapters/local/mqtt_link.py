"""The runtime's one connection to the broker: made again for as long as it takes.

What arrives is handed over one by one and acknowledged afterwards: a message that the runtime did
not get to deal with comes again.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Never, Protocol

import aiomqtt

from edge.adapters.local.backoff import Backoff
from edge.adapters.local.broker import BrokerAddress
from edge.adapters.local.mqtt_client import PatientClient
from edge.errors import UnreachableError

HEALTHY_AFTER_S = 10.0
"""A connection that lasted so long was a good one: the next wait is short again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message from the broker; `retain` when it stood there before we subscribed."""

    topic: str
    payload: bytes
    retain: bool


class Listener(Protocol):
    """Somebody to whom the link brings messages."""

    @property
    def filters(self) -> Sequence[str]:
        """The topics; no two listeners' filters match the same one."""
        ...

    async def link_is_up(self) -> None:
        """A connection is new, the subscriptions are made, nothing was heard on it yet."""
        ...

    async def hear(self, heard: Heard) -> None:
        """Deal with a message; it is acknowledged when this returns."""
        ...


class MqttLink:
    """Publishes and listens; down and up are logged once each."""

    def __init__(self, address: BrokerAddress, *, dice: Random) -> None:
        self._address = address
        self._backoff = Backoff(least_s=0.25, most_s=30.0, dice=dice)
        self._client: PatientClient | None = None
        self._known_down = False

    @property
    def up(self) -> bool:
        """Whether there is a connection now."""
        return self._client is not None

    async def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Publish at QoS 1; return when the broker has it.

        Raises:
            UnreachableError: There is no connection, or the broker does not answer.
        """
        if self._client is None:
            raise UnreachableError(self._whom, "no connection")
        try:
            await self._client.publish(topic, payload, qos=1, retain=retain)
        except aiomqtt.MqttError as error:
            raise UnreachableError(self._whom, str(error)) from error

    async def run(self, listeners: Sequence[Listener]) -> Never:
        """Stay connected and bring the listeners what they subscribed to, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            since = loop.time()
            try:
                await self._one_connection(listeners)
            except (aiomqtt.MqttError, UnreachableError) as error:
                self._note_down(error)
            if loop.time() - since > HEALTHY_AFTER_S:
                self._backoff.reset()
            await asyncio.sleep(self._backoff.next_wait_s())

    async def _one_connection(self, listeners: Sequence[Listener]) -> None:
        async with PatientClient(self._address) as client:
            await _subscribe(client, listeners)
            self._note_up(client)
            try:
                for listener in listeners:
                    await listener.link_is_up()
                async for message in client.messages:
                    await _bring(message, listeners)
                    client.acknowledge(message)
            finally:
                self._client = None

    def _note_up(self, client: PatientClient) -> None:
        self._client = client
        self._known_down = False
        _log.info("mqtt.up broker=%s", self._whom)

    def _note_down(self, error: Exception) -> None:
        if not self._known_down:
            _log.warning("mqtt.down broker=%s reason=%s", self._whom, error)
        self._known_down = True

    @property
    def _whom(self) -> str:
        return f"{self._address.host}:{self._address.port}"


async def _subscribe(client: PatientClient, listeners: Sequence[Listener]) -> None:
    filters = [(name, 1) for listener in listeners for name in listener.filters]
    codes = await client.subscribe(filters)
    if any(getattr(code, "is_failure", False) for code in codes):
        message = "the broker refuses our subscriptions: see its ACL"
        raise aiomqtt.MqttError(message)


async def _bring(message: aiomqtt.Message, listeners: Sequence[Listener]) -> None:
    heard = Heard(topic=message.topic.value, payload=message.payload, retain=message.retain)
    for listener in listeners:
        if any(message.topic.matches(name) for name in listener.filters):
            await listener.hear(heard)
            return
