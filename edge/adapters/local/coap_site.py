"""One request in, its answers out: who asks, how much, put together, answered, cut into blocks.

aiocoap calls `render_to_pipe` with each request. What it offers above that (Site, Resource,
OscoreSiteWrapper) is not used, because nothing there is bounded (ADR 0051).
"""

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from aiocoap.message import Message
from aiocoap.pipe import Pipe

from edge.adapters.local.coap_blocks import BODY_MOST, Uploads
from edge.adapters.local.coap_endpoint import source_of
from edge.adapters.local.coap_guard import CoapGuard
from edge.adapters.local.coap_messages import (
    Answer,
    CoapError,
    Code,
    Method,
    Request,
    error_answer,
)
from edge.adapters.local.coap_options import (
    begins,
    check_options,
    message_of,
    request_of,
    sent_block,
    wanted_block,
)
from edge.adapters.local.coap_oscore import Opened, OscoreContexts
from edge.adapters.local.coap_resources import Resources
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.domain.measures import DeviceId, SurfaceName
from edge.errors import EdgeError
from edge.wire.discovery import endpoint

_log = logging.getLogger(__name__)

UPLOADS_OF_DEVICES = 64
"""1 MiB: the two uploads of more appliances than a home has."""

Reply = Callable[[Message], Awaitable[None]]
"""Sends an answer; one with an Observe option is not the last."""
PlainNames = Callable[[DeviceId], bool]
"""Whether an appliance of that name may speak without OSCORE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A message on its way to becoming a request.

    Attributes:
        message: Out of its OSCORE context, if it was in one.
        device: Who sent it; None for a stranger.
        source: The address it came from.
        reply: Takes the answers, and puts them into the context again.
    """

    message: Message
    device: DeviceId | None
    source: str
    reply: Reply

    @property
    def sender(self) -> str:
        """Whose uploads these are."""
        return self.device or self.source

    @property
    def body(self) -> Hashable:
        """What tells two bodies of one sender apart (RFC 7959 section 2.5, RFC 9175 section 3)."""
        options = self.message.opt
        stranger = None if self.device else self.message.remote
        parts = (options.uri_path, options.uri_query, options.request_tag)
        return (int(self.message.code), stranger, *parts)


class CoapSite:
    """What aiocoap asks for every answer."""

    def __init__(
        self,
        *,
        resources: Resources,
        surfaces: CoapSurfaces,
        contexts: OscoreContexts,
        guard: CoapGuard,
        may_be_plain: PlainNames,
    ) -> None:
        self._resources = resources
        self._surfaces = surfaces
        self._contexts = contexts
        self._guard = guard
        self._may_be_plain = may_be_plain
        self._uploads = Uploads(most=UPLOADS_OF_DEVICES)
        self._uploads_of_strangers = Uploads(most=guard.limits.uploads_of_strangers)
        self._under_way = 0

    async def render_to_pipe(self, pipe: Pipe) -> None:
        """Answer a request; called by aiocoap, which cancels it when nobody wants the answer."""
        source = source_of(pipe.request.remote)
        try:
            if pipe.request.opt.oscore is None:
                call = self._plain(pipe, source)
            else:
                call = self._sealed(pipe, source, await self._contexts.unprotect(pipe.request))
        except EdgeError as error:
            pipe.add_response(message_of(error_answer(error), pipe.request), is_last=True)
        else:
            await self._serve(call)

    def forget(self, device: DeviceId) -> None:
        """Drop what a forgotten appliance has begun and is shown."""
        self._uploads.forget(device)
        self._surfaces.forget(device)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _plain(self, pipe: Pipe, source: str) -> Call:
        async def reply(message: Message) -> None:
            pipe.add_response(message, is_last=message.opt.observe is None)

        named = endpoint(pipe.request.opt.uri_query)
        local = ipaddress.ip_address(source).is_loopback
        device = named if named and local and self._may_be_plain(named) else None
        return Call(message=pipe.request, device=device, source=source, reply=reply)

    def _sealed(self, pipe: Pipe, source: str, opened: Opened) -> Call:
        async def reply(message: Message) -> None:
            sealed = await self._contexts.protect(opened, message)
            pipe.add_response(sealed, is_last=message.opt.observe is None)

        return Call(message=opened.message, device=opened.device, source=source, reply=reply)

    async def _serve(self, call: Call) -> None:
        try:
            request = self._request(call)
        except EdgeError as error:
            await self._reply(call, error_answer(error))
            return
        if request is None:
            await self._reply(call, Answer(code=Code.CONTINUE))
        elif _is_observation(request):
            await self._observe(call, request)
        else:
            await self._reply(call, await self._answer(request))

    def _request(self, call: Call) -> Request | None:
        """The whole request; None while blocks of it are missing."""
        check_options(call.message)
        wanted_block(call.message)
        if begins(call.message):
            self._check_rate(call)
        payload = self._whole(call)
        if payload is None:
            return None
        return request_of(call.message, payload, device=call.device)

    def _check_rate(self, call: Call) -> None:
        now = self._now()
        if call.device is not None:
            self._guard.check_device(call.device, now=now)
        else:
            self._guard.check_stranger(call.source, now=now)

    def _whole(self, call: Call) -> bytes | None:
        block = sent_block(call.message)
        if block is None:
            return bytes(call.message.payload)
        if (call.message.opt.size1 or 0) > BODY_MOST:
            raise CoapError(Code.TOO_LARGE, f"at most {BODY_MOST} bytes")
        uploads = self._uploads if call.device else self._uploads_of_strangers
        payload = call.message.payload
        return uploads.add(call.sender, call.body, block, payload, now=self._now())

    async def _answer(self, request: Request) -> Answer:
        if self._under_way >= self._guard.limits.requests_at_once:
            return error_answer(CoapError(Code.UNAVAILABLE, "busy", max_age_s=1))
        self._under_way += 1
        try:
            return await self._resources.answer(request)
        except EdgeError as error:
            return error_answer(error)
        except Exception as error:  # noqa: BLE001  -- further out it would be answered in the clear
            _log.error("coap.failed path=%s: %s", "/".join(request.path[:2]), type(error).__name__)
            return Answer(code=Code.INTERNAL_ERROR)
        finally:
            self._under_way -= 1

    async def _observe(self, call: Call, request: Request) -> None:
        """Answer, and again at each change, until nobody listens or nothing is shown there ever."""
        device, surface = request.device, SurfaceName(request.path[-1])
        if device is None:
            await self._reply(call, await self._answer(request))
            return
        with self._surfaces.observing(device, surface) as observer:
            number = 0
            while (answer := await self._answer(request)).code == Code.CONTENT:
                await self._reply(call, answer, observe=number)
                number += 1
                if not await observer.changed():
                    answer = Answer(code=Code.UNAVAILABLE, payload=b"observation ended")
                    break
            await self._reply(call, answer)

    async def _reply(self, call: Call, answer: Answer, *, observe: int | None = None) -> None:
        try:
            message = message_of(answer, call.message, observe=observe)
        except CoapError as error:
            message = message_of(error_answer(error), call.message)
        await call.reply(message)


def _is_observation(request: Request) -> bool:
    placement = request.path[:2] == ("v1", "placement")
    return request.observe and request.method == Method.GET and placement
