"""A small runtime of the tests' own: it speaks docs/wire/coap.md to one appliance and remembers.

It answers with OSCORE only, except for pairing. Nothing of `edge` is used.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiocoap
import cbor2
from aiocoap import resource
from aiocoap.credentials import CredentialsMap
from aiocoap.oscore_sitewrapper import OscoreSiteWrapper
from aiocoap.transports.oscore import OSCOREAddress

from devices.coap_exchange import open_security
from devices.credentials import Credentials, Oscore
from tests.devices.sealing import answer_to


class Heard:
    """What the appliance said, in order, and what the runtime shows and answers."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        self.paths: list[str] = []
        self.queries: list[str] = []
        self.packs: list[list[dict[int, object]]] = []
        self.manifests: list[bytes] = []
        self.reactions: list[dict[str, object]] = []
        self.registered = False
        self.readings_answer = aiocoap.CHANGED
        self.placement = b""
        self.surface: _Placement | None = None

    def show(self, placement: dict[str, object] | None) -> None:
        """Change what the surface shows and notify."""
        self.placement = cbor2.dumps(placement) if placement else b""
        assert self.surface is not None
        self.surface.updated_state()


def _protected(request: aiocoap.Message) -> bool:
    return isinstance(request.remote, OSCOREAddress)


class _Protected(resource.Resource):  # type: ignore[misc]  # aiocoap has no types
    def __init__(self, heard: Heard, path: str) -> None:
        super().__init__()
        self.heard = heard
        self.path = path

    async def render(self, request: aiocoap.Message) -> aiocoap.Message:
        """Refuse what is not protected; note the rest."""
        if not _protected(request):
            return aiocoap.Message(code=aiocoap.UNAUTHORIZED)
        self.heard.paths.append(self.path)
        return await super().render(request)


class _Readings(_Protected):
    async def render_post(self, request: aiocoap.Message) -> aiocoap.Message:
        if self.heard.readings_answer.is_successful():
            self.heard.packs.append(cbor2.loads(request.payload))
        return aiocoap.Message(code=self.heard.readings_answer, payload=b"record 0: t: too late")


class _Manifest(_Protected):
    async def render_put(self, request: aiocoap.Message) -> aiocoap.Message:
        self.heard.manifests.append(request.payload)
        return aiocoap.Message(code=aiocoap.CHANGED)


class _Reaction(_Protected):
    async def render_post(self, request: aiocoap.Message) -> aiocoap.Message:
        self.heard.reactions.append(cbor2.loads(request.payload))
        return aiocoap.Message(code=aiocoap.CHANGED)


class _Directory(_Protected):
    async def render_post(self, request: aiocoap.Message) -> aiocoap.Message:
        self.heard.queries.extend(request.opt.uri_query)
        self.heard.registered = True
        return aiocoap.Message(code=aiocoap.CREATED, location_path=("rd", "7"))


class _Registration(_Protected):
    async def render_post(self, _request: aiocoap.Message) -> aiocoap.Message:
        known = aiocoap.CHANGED if self.heard.registered else aiocoap.NOT_FOUND
        return aiocoap.Message(code=known)

    async def render_delete(self, _request: aiocoap.Message) -> aiocoap.Message:
        self.heard.registered = False
        return aiocoap.Message(code=aiocoap.DELETED)


class _Placement(resource.ObservableResource):  # type: ignore[misc]  # aiocoap has no types
    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self.heard = heard

    async def render_get(self, request: aiocoap.Message) -> aiocoap.Message:
        if not _protected(request):
            return aiocoap.Message(code=aiocoap.UNAUTHORIZED)
        return aiocoap.Message(payload=self.heard.placement, content_format=60)


class _Pairing(resource.Resource):  # type: ignore[misc]  # aiocoap has no types
    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self.heard = heard

    async def render_post(self, request: aiocoap.Message) -> aiocoap.Message:
        body = cbor2.loads(request.payload)
        sealed = answer_to(self.heard.code, body["nonce"], body["manifest"], body["proof"])
        if sealed is None:
            return aiocoap.Message(
                code=aiocoap.FORBIDDEN, payload=cbor2.dumps({"error": "no pairing"})
            )
        self.heard.manifests.append(body["manifest"].encode())
        return aiocoap.Message(code=aiocoap.CHANGED, payload=cbor2.dumps({"sealed": sealed}))


_PROTECTED: dict[str, type[_Protected]] = {
    "rd": _Directory,
    "rd/7": _Registration,
    "v1/manifest": _Manifest,
    "v1/readings": _Readings,
    "v1/reaction": _Reaction,
}


def mirrored(credentials: Credentials) -> Credentials:
    """The same OSCORE context from the runtime's point of view."""
    own = credentials.oscore
    oscore = Oscore(
        master_secret=own.master_secret,
        master_salt=own.master_salt,
        sender_id=own.recipient_id,
        recipient_id=own.sender_id,
    )
    return Credentials(
        device=credentials.device,
        password=credentials.password,
        oscore=oscore,
        base_name=credentials.base_name,
        joined=credentials.joined,
    )


def free_udp_port() -> int:
    """A port nobody uses right now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def open_small_runtime(
    credentials: Credentials, folder: Path, heard: Heard, *, port: int
) -> AsyncIterator[None]:
    """Serve on loopback until left."""
    site = resource.Site()
    heard.surface = _Placement(heard)
    site.add_resource(["v1", "placement", "ereader.lock"], heard.surface)
    site.add_resource(["v1", "pairing"], _Pairing(heard))
    for path, kind in _PROTECTED.items():
        site.add_resource(path.split("/"), kind(heard, path))
    with open_security(mirrored(credentials), folder) as security:
        known = CredentialsMap()
        known[":appliance"] = security
        server = await aiocoap.Context.create_server_context(
            OscoreSiteWrapper(site, known),
            bind=("127.0.0.1", port),
            transports=["udp6"],
            server_credentials=known,
        )
        try:
            yield
        finally:
            await server.shutdown()
