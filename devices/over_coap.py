"""An appliance's side of docs/wire/coap.md, resource by resource."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NoReturn

import aiocoap
import cbor2
from aiocoap.oscore import FilesystemSecurityContext

from devices.appliance import Measurement
from devices.coap_exchange import (
    LIFETIME,
    PATIENCE,
    UDP,
    CoapAddress,
    Exchange,
    open_client,
    translated,
)
from devices.credentials import Credentials
from devices.link import LinkLostError, say_goodbye
from devices.pairing import Attempt, PairingError
from devices.placement import MalformedPlacementError, Placement, parse_placement
from devices.reactions import Reaction
from devices.senml import to_cbor

log = logging.getLogger(__name__)

CBOR, LINKS, SENML_CBOR, THING_DESCRIPTION = 60, 40, 112, 432
"""Content formats, as docs/wire/coap.md names them."""


@asynccontextmanager
async def open_coap(
    address: CoapAddress,
    security: FilesystemSecurityContext,
    credentials: Credentials,
    *,
    manifest: Mapping[str, Any],
    surface: str,
) -> AsyncIterator["CoapLink"]:
    """A link that is registered and stays so, its manifest already sent.

    Raises:
        LinkLostError: The runtime does not answer, or does not know the appliance. What breaks
            while the link is in use comes out in an ExceptionGroup.
    """
    async with open_client("oscore", UDP) as client:
        exchange = Exchange(client, address, security)
        link = CoapLink(exchange, credentials, surface)
        await link.register()
        await link.put_manifest(manifest)
        try:
            async with asyncio.TaskGroup() as tasks:
                renewal = tasks.create_task(link.stay_registered(), name="stay registered")
                yield link
                renewal.cancel()
        finally:
            await say_goodbye(link.leave())


class CoapLink:
    """One registration; see `devices.link.Link`."""

    def __init__(self, exchange: Exchange, credentials: Credentials, surface: str) -> None:
        self._exchange = exchange
        self._credentials = credentials
        self._surface = surface
        self._location: tuple[str, ...] = ()

    async def register(self) -> None:
        """Say that it is there (RFC 9176)."""
        surface = f'</{self._surface}>;rt="doorstep.surface"'
        query = (f"ep={self._credentials.device}", f"lt={self._exchange.address.lifetime}")
        message = _message(aiocoap.POST, "rd", payload=surface.encode(), content=LINKS)
        message.opt.uri_query = query
        answer = await self._done(message)
        self._location = answer.opt.location_path

    async def stay_registered(self) -> NoReturn:
        """Say again and again that it is there; a runtime that started anew has forgotten it."""
        while True:
            await asyncio.sleep(LIFETIME.total_seconds() / 3)
            await self._done(_message(aiocoap.POST, *self._location))

    async def leave(self) -> None:
        """Say goodbye."""
        await self._exchange.answer(_message(aiocoap.DELETE, *self._location))

    async def put_manifest(self, manifest: Mapping[str, Any]) -> None:
        """Say what it is, before the first reading."""
        body = json.dumps(manifest, ensure_ascii=False).encode()
        message = _message(aiocoap.PUT, "v1", "manifest", payload=body, content=THING_DESCRIPTION)
        await self._settled(message)

    async def send_readings(self, pack: Sequence[Measurement]) -> None:
        """Post one pack."""
        body = to_cbor(pack, base_name=self._credentials.base_name)
        await self._settled(
            _message(aiocoap.POST, "v1", "readings", payload=body, content=SENML_CBOR)
        )

    async def send_reaction(self, reaction: Reaction) -> None:
        """Post it."""
        at = int(reaction.at.timestamp())
        body = cbor2.dumps({"placement": reaction.placement, "kind": reaction.kind, "at": at})
        await self._settled(_message(aiocoap.POST, "v1", "reaction", payload=body, content=CBOR))

    async def placements(self) -> AsyncGenerator[Placement | None, None]:
        """What is to be shown, observed (RFC 7641)."""
        message = _message(aiocoap.GET, "v1", "placement", self._surface)
        message.opt.observe = 0
        request = self._exchange.start(message)
        with translated(str(self._exchange.address)):
            yield self._placement(await self._exchange.first(request))
            async for answer in request.observation:
                yield self._placement(answer)
        raise LinkLostError(str(self._exchange.address), "stopped observing")

    def _placement(self, answer: aiocoap.Message) -> Placement | None:
        self._demand_success(answer)
        return _parsed(answer.payload) if answer.payload else None

    async def _settled(self, message: aiocoap.Message) -> None:
        """Send what the runtime keeps or refuses for good; a refusal is logged with its reason."""
        answer = await self._exchange.answer(message)
        if answer.code in _LATER:
            raise LinkLostError(str(self._exchange.address), f"not now: {answer.code}")
        if not answer.code.is_successful():
            reason = answer.payload[:200].decode(errors="replace")
            log.warning("runtime.refused code=%s rule=%r", answer.code, reason)

    async def _done(self, message: aiocoap.Message) -> aiocoap.Message:
        """Send what must succeed for the link to be one."""
        answer = await self._exchange.answer(message)
        self._demand_success(answer)
        return answer

    def _demand_success(self, answer: aiocoap.Message) -> None:
        if not answer.code.is_successful():
            raise LinkLostError(str(self._exchange.address), str(answer.code))


_LATER = (aiocoap.UNAUTHORIZED, aiocoap.TOO_MANY_REQUESTS, aiocoap.SERVICE_UNAVAILABLE)
"""Answers after which the same message may be welcome once more."""


def _message(
    code: aiocoap.Code, *path: str, payload: bytes = b"", content: int | None = None
) -> aiocoap.Message:
    message = aiocoap.Message(code=code, payload=payload, content_format=content)
    message.opt.uri_path = path
    return message


def _parsed(payload: bytes) -> Placement | None:
    """The placement in CBOR; a malformed one is logged and not shown."""
    try:
        return parse_placement(cbor2.loads(payload))
    except (MalformedPlacementError, cbor2.CBORDecodeError):
        log.warning("placement.malformed bytes=%d", len(payload))
        return None


async def pair_over_coap(hostinfo: str, attempt: Attempt, *, now: datetime) -> Credentials:
    """Pair; the window must be open.

    Raises:
        PairingError: The runtime refuses.
        LinkLostError: The runtime does not answer.
    """
    uri = f"coap://{hostinfo}/v1/pairing"
    body = attempt.as_cbor()
    message = aiocoap.Message(code=aiocoap.POST, uri=uri, payload=body, content_format=CBOR)
    async with open_client(UDP) as client:
        with translated(uri):
            async with asyncio.timeout(PATIENCE):
                answer = await client.request(message).response
    if answer.code not in {aiocoap.CHANGED, aiocoap.FORBIDDEN}:
        reason = f"the runtime answered {answer.code}"
        raise PairingError(reason)
    return attempt.open_cbor(answer.payload, joined=now)
