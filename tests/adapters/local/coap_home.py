"""A home to test the CoAP server in: a reception that remembers, accounts, and a real client."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiocoap import Message
from aiocoap.numbers.codes import Code
from aiocoap.numbers.types import Type
from aiocoap.oscore import FilesystemSecurityContext, NotAProtectedMessage
from aiocoap.protocol import Context

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.coap_guard import CoapLimits
from edge.adapters.local.coap_server import CoapListen, CoapServer, open_coap
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.adapters.local.reception import Reception
from edge.domain.measures import DeviceId, SurfaceName
from edge.wire.encoding import Encoding
from edge.wire.pairing import Credentials

FRIDGE = DeviceId("fridge-7f3a")
EREADER = DeviceId("ereader-51c0")
DOOR = SurfaceName("fridge.door")
LOCK = SurfaceName("ereader.lock")
SURFACES = {FRIDGE: [DOOR], EREADER: [LOCK]}


class FakeReception(Reception):
    """Remembers what it was given; raises what it is told to.

    Attributes:
        heard: What arrived, in order: the kind, the device and the rest.
        trouble: Raised by everything from now on; None: nothing is.
        open: While it is not set, readings wait as for a slow store.
    """

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []
        self.trouble: Exception | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def manifest(self, device: DeviceId, payload: bytes) -> None:
        self._hear("manifest", device, payload)

    async def readings(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        await self.open.wait()
        self._hear("readings", device, payload, encoding)

    async def reaction(self, device: DeviceId, payload: bytes, encoding: Encoding) -> None:
        self._hear("reaction", device, payload, encoding)

    async def presence(self, device: DeviceId, *, here: bool) -> None:
        self._hear("presence", device, here)

    async def pairing(self, payload: bytes, encoding: Encoding) -> bytes:
        self._hear("pairing", payload, encoding)
        return b"sealed " + payload

    def _hear(self, *what: object) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.heard.append(what)


async def surfaces_of(device: DeviceId) -> Collection[SurfaceName]:
    """As the two appliances' manifests say."""
    return SURFACES.get(device, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A CoAP server and what is around it."""

    server: CoapServer
    accounts: Accounts
    reception: FakeReception
    surfaces: CoapSurfaces

    @property
    def address(self) -> tuple[str, int]:
        """Where the server listens."""
        return self.server.address


@asynccontextmanager
async def a_home(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    plain: bool = False,
    limits: CoapLimits | None = None,
) -> AsyncIterator[Home]:
    """A server, on a free port unless told otherwise, with whoever is paired in the folder."""
    reception = FakeReception()
    surfaces = CoapSurfaces()
    accounts = await open_accounts(folder, random_bytes=secrets.token_bytes)
    listen = CoapListen(host=host, port=port, plain=plain, limits=limits or CoapLimits())
    async with open_coap(
        listen,
        accounts=accounts,
        reception=reception,
        surfaces=surfaces,
        surfaces_of=surfaces_of,
    ) as server:
        yield Home(server=server, accounts=accounts, reception=reception, surfaces=surfaces)


def uri(address: tuple[str, int], path: str) -> str:
    """Where a resource is."""
    host, port = address
    return f"coap://[{host}]:{port}{path}" if ":" in host else f"coap://{host}:{port}{path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An appliance's CoAP client: aiocoap's, with an OSCORE context of its own or without one."""

    address: tuple[str, int]
    context: Context

    async def ask(
        self,
        code: int,
        path: str,
        payload: bytes = b"",
        *,
        content_format: int | None = None,
        accept: int | None = None,
        if_none_match: bool = False,
    ) -> Message:
        """One request and its answer; errors are answers too."""
        message = Message(code=code, uri=uri(self.address, path), payload=payload)
        message.opt.content_format = content_format
        message.opt.accept = accept
        message.opt.if_none_match = if_none_match
        try:
            return await asyncio.wait_for(self.context.request(message).response, 20)
        except NotAProtectedMessage as error:
            return error.plain_message

    async def observe(self, path: str, **options: object) -> "Observation":
        """Begin to observe."""
        message = Message(code=1, uri=uri(self.address, path), observe=0, **options)
        request = self.context.request(message)
        first = await asyncio.wait_for(request.response, 20)
        return Observation(request=request, first=first, rest=aiter(request.observation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What an observing client got first, and what it gets next."""

    request: Any
    first: Any
    rest: Any

    async def next(self, *, within_s: float = 1.0) -> Message:
        """The next notification; a second is what docs/wire/coap.md allows."""
        return await asyncio.wait_for(anext(self.rest), within_s)


@asynccontextmanager
async def a_client(
    address: tuple[str, int], context_folder: Path | None = None
) -> AsyncIterator[Client]:
    """A client of the server there: a stranger, or whom the context in that folder proves."""
    context = await Context.create_client_context(transports=["oscore", "udp6"])
    with ExitStack() as stack:
        if context_folder is not None:
            secured = stack.enter_context(client_context(context_folder))
            context.client_credentials[uri(address, "/*")] = secured
        try:
            yield Client(address=address, context=context)
        finally:
            await context.shutdown()


@contextmanager
def client_context(folder: Path) -> Iterator[FilesystemSecurityContext]:
    """An appliance's side of its OSCORE context, written down at the end."""
    context = FilesystemSecurityContext(str(folder))
    try:
        yield context
    finally:
        context._destroy()


def sealed_readings(context: FilesystemSecurityContext) -> Message:
    """A pack of readings in an OSCORE context, to be sent by hand."""
    plain = Message(code=Code.POST, payload=b"pack", content_format=112)
    plain.opt.uri_path = ("v1", "readings")
    protected, _ = context.protect(plain)
    return protected


async def datagrams_answered(
    address: tuple[str, int], *datagrams: bytes, within_s: float = 5.0
) -> list[bytes]:
    """Send datagrams as they are, from one port, and read what comes back first for each."""
    answers = []
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)  # noqa: FBT003  -- its signature
        await loop.sock_connect(sender, address)
        for each in datagrams:
            await loop.sock_sendall(sender, each)
            answers.append(await asyncio.wait_for(loop.sock_recv(sender, 4096), within_s))
    return answers


async def datagram_answered(address: tuple[str, int], sent: bytes) -> Message:
    """The same for one, decoded."""
    (answer,) = await datagrams_answered(address, sent)
    return Message.decode(answer)


def datagram(message: Message, *, message_id: int, confirmable: bool = True) -> bytes:
    """A message as it lies on the wire, with a message id of one's own choice."""
    message.mtype = Type.CON if confirmable else Type.NON
    message.mid = message_id
    message.token = b"t"
    return bytes(message.encode())


def write_client_context(folder: Path, credentials: Credentials) -> Path:
    """Keep an appliance's side of its OSCORE context as its firmware would."""
    folder.mkdir(parents=True)
    settings = {
        "sender-id_hex": credentials.sender_id.hex(),
        "recipient-id_hex": credentials.recipient_id.hex(),
        "secret_hex": credentials.master_secret.hex(),
        "salt_hex": credentials.master_salt.hex(),
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    return folder


async def paired(home: Home, device: DeviceId, folder: Path) -> Path:
    """Pair an appliance; gives the folder of its side of the context."""
    credentials = await home.accounts.add(device)
    await home.server.accounts_changed()
    return write_client_context(folder / device, credentials)
