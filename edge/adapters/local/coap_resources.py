"""The resources of docs/wire/coap.md: each takes a whole request and gives a whole answer."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar

import cbor2

from edge.adapters.local.coap_messages import Answer, CoapError, Code, Format, Method, Request
from edge.adapters.local.coap_registrations import Registrations
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.adapters.local.reception import Reception
from edge.domain.measures import DeviceId, SurfaceName
from edge.errors import RefusedError, TooManyError
from edge.wire.discovery import core_links, registration
from edge.wire.encoding import Encoding

T = TypeVar("T")

Resource = Callable[[Request], Awaitable[Answer]]
SurfacesOf = Callable[[DeviceId], Awaitable[Collection[SurfaceName]]]
"""The surfaces that an appliance's manifest declares."""

PAIRING = ("v1", "pairing")
OPEN = frozenset({(".well-known", "core"), PAIRING})
"""What a stranger may ask for."""

_READINGS = {Format.SENML_CBOR: Encoding.CBOR, Format.SENML_JSON: Encoding.JSON}
_DOCUMENTS = {Format.CBOR: Encoding.CBOR, Format.JSON: Encoding.JSON}
"""The first of each is what a payload without a content format is taken for."""


class Resources:
    """Everything that can be asked of the runtime over CoAP."""

    def __init__(
        self,
        *,
        reception: Reception,
        registrations: Registrations,
        surfaces: CoapSurfaces,
        surfaces_of: SurfacesOf,
    ) -> None:
        self._reception = reception
        self._registrations = registrations
        self._surfaces = surfaces
        self._surfaces_of = surfaces_of
        self._fixed: Mapping[tuple[str, ...], Mapping[Method, Resource]] = {
            (".well-known", "core"): {Method.GET: self._core},
            ("rd",): {Method.POST: self._register},
            ("v1", "manifest"): {Method.PUT: self._manifest},
            ("v1", "readings"): {Method.POST: self._readings},
            ("v1", "reaction"): {Method.POST: self._reaction},
            PAIRING: {Method.POST: self._pairing},
        }

    async def answer(self, request: Request) -> Answer:
        """Do what is asked.

        Raises:
            EdgeError: It is refused; `error_answer` says how.
        """
        if request.device is None and request.path not in OPEN:
            raise CoapError(Code.UNAUTHORIZED, "use the OSCORE context from pairing")
        methods = self._methods(request.path)
        if not methods:
            raise CoapError(Code.NOT_FOUND, "no such resource")
        resource = next((methods[each] for each in methods if each == request.method), None)
        if resource is None:
            raise CoapError(Code.METHOD_NOT_ALLOWED)
        return await resource(request)

    def _methods(self, path: tuple[str, ...]) -> Mapping[Method, Resource]:
        match path:
            case ("rd", _):
                return {Method.POST: self._renew, Method.DELETE: self._leave}
            case ("v1", "placement", _):
                return {Method.GET: self._placement}
            case _:
                return self._fixed.get(path, {})

    async def _core(self, request: Request) -> Answer:
        if request.accept not in {None, Format.LINKS}:
            raise CoapError(Code.NOT_ACCEPTABLE, "only link format (40)")
        links = core_links(request.query).encode()
        return Answer(code=Code.CONTENT, payload=links, content_format=Format.LINKS)

    async def _register(self, request: Request) -> Answer:
        device = _sender(request)
        asked = registration(request.query)
        _check_own(device, asked.endpoint)
        _chosen(request.content_format, {Format.LINKS: None, Format.THING_JSON: None})
        if request.content_format == Format.THING_JSON:
            await self._reception.manifest(device, request.payload)
        await self._registrations.keep(device, lifetime_s=asked.lifetime_s)
        return Answer(code=Code.CREATED, location=("rd", device))

    async def _renew(self, request: Request) -> Answer:
        device = self._registered(request)
        asked = registration(request.query)
        _check_own(device, asked.endpoint)
        await self._registrations.keep(device, lifetime_s=asked.lifetime_s)
        return Answer(code=Code.CHANGED)

    async def _leave(self, request: Request) -> Answer:
        await self._registrations.remove(self._registered(request))
        return Answer(code=Code.DELETED)

    def _registered(self, request: Request) -> DeviceId:
        device = _sender(request)
        _check_own(device, request.path[-1])
        if device not in self._registrations:
            raise CoapError(Code.NOT_FOUND, "not registered")
        return device

    async def _manifest(self, request: Request) -> Answer:
        _chosen(request.content_format, {Format.THING_JSON: None})
        await self._reception.manifest(_sender(request), request.payload)
        return Answer(code=Code.CHANGED)

    async def _readings(self, request: Request) -> Answer:
        encoding = _chosen(request.content_format, _READINGS)
        await self._reception.readings(_sender(request), request.payload, encoding)
        return Answer(code=Code.CHANGED)

    async def _reaction(self, request: Request) -> Answer:
        encoding = _chosen(request.content_format, _DOCUMENTS)
        await self._reception.reaction(_sender(request), request.payload, encoding)
        return Answer(code=Code.CHANGED)

    async def _placement(self, request: Request) -> Answer:
        device, surface = _sender(request), SurfaceName(request.path[-1])
        if surface not in await self._surfaces_of(device):
            # The same answer whether another appliance has it or none: which appliances there are
            # is nobody's business.
            raise CoapError(Code.FORBIDDEN, "not a surface of this appliance")
        encoding = _accepted(request.accept)
        payload = self._surfaces.shown(device, surface, encoding)
        written = Format.CBOR if encoding is Encoding.CBOR else Format.JSON
        return Answer(
            code=Code.CONTENT, payload=payload, content_format=written if payload else None
        )

    async def _pairing(self, request: Request) -> Answer:
        _chosen(request.content_format, {Format.CBOR: None})
        try:
            sealed = await self._reception.pairing(request.payload, Encoding.CBOR)
        except TooManyError:
            raise
        except RefusedError:
            refusal = cbor2.dumps({"error": "no pairing"})
            return Answer(code=Code.FORBIDDEN, payload=refusal, content_format=Format.CBOR)
        return Answer(code=Code.CHANGED, payload=sealed, content_format=Format.CBOR)


def _sender(request: Request) -> DeviceId:
    if request.device is None:
        raise CoapError(Code.UNAUTHORIZED)
    return request.device


def _check_own(device: DeviceId, named: str | None) -> None:
    if named not in {None, device}:
        raise CoapError(Code.FORBIDDEN, "another appliance's registration")


def _chosen(content_format: int | None, known: Mapping[Format, T]) -> T:
    """What a content format stands for; without one, what the first of the known stands for."""
    for each, meaning in known.items():
        if content_format in {None, each}:
            return meaning
    raise CoapError(Code.UNSUPPORTED_FORMAT, f"content format {_or(known)}")


def _accepted(accept: int | None) -> Encoding:
    for each, encoding in _DOCUMENTS.items():
        if accept in {None, each}:
            return encoding
    raise CoapError(Code.NOT_ACCEPTABLE, f"accept {_or(_DOCUMENTS)}")


def _or(formats: Mapping[Format, object]) -> str:
    return " or ".join(str(int(each)) for each in formats)
