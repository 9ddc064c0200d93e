"""An appliance's side of docs/wire/mqtt.md, with aiomqtt."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any

import aiomqtt

from devices.appliance import Measurement
from devices.credentials import Credentials
from devices.link import LinkLostError, say_goodbye
from devices.pairing import Attempt, PairingError
from devices.placement import MalformedPlacementError, Placement, parse_placement
from devices.reactions import Reaction
from devices.senml import to_json

log = logging.getLogger(__name__)

ROOT = "doorstep/v1"

PLACEMENT_BYTES = 16 * 1024
"""The wire's limit for any payload."""

QUEUE = 64
"""Messages waiting to be shown; beyond it the client drops them, and a retained one comes again."""

PATIENCE = 10.0
"""Real seconds: the runtime answers a pairing after one."""

_NO_DELAY = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
"""Else each acknowledged message waits 40 ms for Nagle and delayed ACK to meet."""


def _client(host: str, port: int, **more: Any) -> aiomqtt.Client:  # noqa: ANN401 - aiomqtt's own options
    return aiomqtt.Client(
        host, port, timeout=PATIENCE, keepalive=60, socket_options=[_NO_DELAY],
        max_queued_incoming_messages=QUEUE, **more,
    )  # fmt: skip


@contextmanager
def _translated(whom: str) -> Iterator[None]:
    try:
        yield
    except aiomqtt.MqttError as error:
        raise LinkLostError(whom, str(error)) from error


@asynccontextmanager
async def open_mqtt(
    host: str, port: int, credentials: Credentials, manifest: Mapping[str, Any]
) -> AsyncIterator["MqttLink"]:
    """A link with its own last will, its manifest already published.

    Raises:
        LinkLostError: The broker does not answer, or does not let it in.
    """
    own = f"{ROOT}/{credentials.device}"
    whom = f"mqtt://{host}:{port}"
    will = aiomqtt.Will(f"{own}/availability", "offline", qos=1, retain=True)
    client = _client(
        host, port, will=will, username=credentials.device, password=credentials.password
    )
    async with AsyncExitStack() as stack:
        with _translated(whom):
            await stack.enter_async_context(client)
        link = MqttLink(client, own, whom, credentials.base_name)
        await link.introduce(manifest)
        try:
            yield link
        finally:
            await say_goodbye(link.leave())


class MqttLink:
    """One connection; see `devices.link.Link`."""

    def __init__(self, client: aiomqtt.Client, own: str, whom: str, base_name: str) -> None:
        self._client = client
        self._own = own
        self._whom = whom
        self._base_name = base_name

    async def introduce(self, manifest: Mapping[str, Any]) -> None:
        """Say that it is there and what it is, before the first reading."""
        await self._publish("availability", b"online", retain=True)
        await self._publish("manifest", json.dumps(manifest).encode(), retain=True)
        with _translated(self._whom):
            await self._client.subscribe([(f"{self._own}/{topic}", 1) for topic in _READ])

    async def leave(self) -> None:
        """Say goodbye: a clean disconnect does not publish the will."""
        await self._publish("availability", b"offline", retain=True)

    async def send_readings(self, pack: Sequence[Measurement]) -> None:
        """Publish one pack and wait for the broker's acknowledgement."""
        await self._publish("readings", to_json(pack, base_name=self._base_name))

    async def send_reaction(self, reaction: Reaction) -> None:
        """Publish it and wait for the broker's acknowledgement."""
        body = {
            "placement": reaction.placement,
            "kind": reaction.kind,
            "at": int(reaction.at.timestamp()),
        }
        await self._publish("reaction", json.dumps(body).encode())

    async def placements(self) -> AsyncGenerator[Placement | None, None]:
        """What is to be shown; malformed ones are logged and not shown."""
        with _translated(self._whom):
            async for message in self._client.messages:
                if message.topic.matches(f"{self._own}/errors"):
                    _log_refusal(message.payload)
                    continue
                try:
                    yield _placement(message.payload)
                except MalformedPlacementError:
                    log.warning("placement.malformed bytes=%d", len(message.payload))

    async def _publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        with _translated(self._whom):
            await self._client.publish(f"{self._own}/{topic}", payload, qos=1, retain=retain)


_READ = ("placement", "errors")
"""The only topics an appliance may read."""


def _placement(payload: bytes) -> Placement | None:
    if not payload:
        return None
    return parse_placement(_json(payload))


def _json(payload: bytes) -> object:
    """The decoded payload; None when it is too large or no JSON."""
    try:
        return json.loads(payload) if len(payload) <= PLACEMENT_BYTES else None
    except ValueError:
        return None


def _log_refusal(payload: bytes) -> None:
    """An integrator wants to know which rule was broken."""
    body = _json(payload)
    said = body if isinstance(body, dict) else {}
    parts = [str(said.get(part, "?"))[:120] for part in ("topic", "field", "rule")]
    log.warning("runtime.refused topic=%s field=%r rule=%r", *parts)


async def pair_over_mqtt(host: str, port: int, attempt: Attempt, *, now: datetime) -> Credentials:
    """Pair; the window must be open.

    Raises:
        PairingError: The runtime refuses, or gives no answer.
        LinkLostError: The broker does not answer.
    """
    own = f"{ROOT}/pairing/{attempt.nonce.hex()}"
    whom = f"mqtt://{host}:{port}"
    async with AsyncExitStack() as stack:
        with _translated(whom):
            client = await stack.enter_async_context(
                _client(host, port, username="pairing", password="pairing")  # noqa: S106 - public, see docs/wire/mqtt.md
            )
            await client.subscribe(f"{own}/answer", qos=1)
            await client.publish(f"{own}/request", attempt.as_json(), qos=1)
            answer = await _first(client)
        return attempt.open_json(answer, joined=now)


async def _first(client: aiomqtt.Client) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            message = await anext(aiter(client.messages))
    except TimeoutError as error:
        reason = "the runtime did not answer; is a pairing window open?"
        raise PairingError(reason) from error
    return message.payload
