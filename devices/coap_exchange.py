"""CoAP requests that are either protected by OSCORE (RFC 8613) or not sent at all.

aiocoap sends in plain text when it finds no security context for an address. So each request here
is bound to the context before it is sent; an answer in the clear is then an error to aiocoap.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiocoap
from aiocoap.message import UndecidedRemote
from aiocoap.oscore import FilesystemSecurityContext, ProtectionInvalid
from aiocoap.transports.oscore import OSCOREAddress
from filelock import Timeout

from devices.credentials import Credentials, CredentialsError
from devices.link import LinkLostError

PATIENCE = 10.0
"""Real seconds until an answer; two retransmissions fit."""

LIFETIME = timedelta(seconds=60)
"""Real time for which a registration holds: so long may a vanished appliance seem to be there."""

LIFETIME_RANGE = (60, 604_800)
"""Seconds, as docs/wire/coap.md limits `lt`."""

UDP = "udp6" if sys.platform == "linux" else "simple6"
"""aiocoap's transport: its better one needs Linux."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoapAddress:
    """Where the runtime is.

    Attributes:
        hostinfo: `127.0.0.1:5683`.
        speed: How much faster the runtime's clock runs: `lt` counts in it.
    """

    hostinfo: str
    speed: float = 1.0

    def __str__(self) -> str:
        return f"coap://{self.hostinfo}"

    @property
    def lifetime(self) -> int:
        """The `lt` of a registration, in the runtime's seconds."""
        least, most = LIFETIME_RANGE
        return int(min(most, max(least, LIFETIME.total_seconds() * self.speed)))


@contextmanager
def open_security(credentials: Credentials, folder: Path) -> Iterator[FilesystemSecurityContext]:
    """The OSCORE context, its sequence numbers kept in `folder`; one user at a time.

    It outlives the links: opening it twice would use a sequence number twice.

    Raises:
        CredentialsError: Somebody else is using it, or its files are broken.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    oscore = credentials.oscore
    settings = {
        "secret_hex": oscore.master_secret.hex(),
        "salt_hex": oscore.master_salt.hex(),
        "sender-id_hex": oscore.sender_id.hex(),
        "recipient-id_hex": oscore.recipient_id.hex(),
    }
    secret = folder / "secret.json"
    secret.touch(mode=0o600)
    secret.write_text(json.dumps(settings), encoding="ascii")
    try:
        context = FilesystemSecurityContext(str(folder))
    except (Timeout, ValueError) as error:
        raise CredentialsError(folder, "is broken, or in use by another process") from error
    try:
        yield context
    finally:
        context._destroy()  # noqa: SLF001 - nothing else releases its lock


@contextmanager
def translated(whom: str) -> Iterator[None]:
    """Turn every way in which aiocoap fails into one.

    Raises:
        LinkLostError: The exchange with `whom` failed.
    """
    try:
        yield
    except (aiocoap.error.Error, ProtectionInvalid, OSError, TimeoutError) as error:
        raise LinkLostError(whom, str(error) or type(error).__name__) from error


@asynccontextmanager
async def open_client(*transports: str) -> AsyncIterator[aiocoap.Context]:
    """A client that speaks only these of aiocoap's transports."""
    context = await aiocoap.Context.create_client_context(transports=list(transports))
    try:
        yield context
    finally:
        await context.shutdown()


class Exchange:
    """Requests under one security context, and answers from within it."""

    def __init__(
        self, client: aiocoap.Context, address: CoapAddress, security: FilesystemSecurityContext
    ) -> None:
        self.address = address
        self._client = client
        self._remote = OSCOREAddress(security, UndecidedRemote("coap", address.hostinfo))

    def start(self, message: aiocoap.Message) -> Any:  # noqa: ANN401 - aiocoap has no types
        """Send it; what aiocoap returns has a response and, if asked, an observation."""
        message.remote = self._remote
        return self._client.request(message)

    async def answer(self, message: aiocoap.Message) -> aiocoap.Message:
        """The runtime's answer, whatever it says.

        Raises:
            LinkLostError: There is none, or it is not the runtime's own.
        """
        with translated(str(self.address)):
            return await self.first(self.start(message))

    async def first(self, request: Any) -> aiocoap.Message:  # noqa: ANN401 - aiocoap has no types
        """The first answer to a request that was started; what aiocoap raises is not translated."""
        async with asyncio.timeout(PATIENCE):
            answer: aiocoap.Message = await request.response
        return answer
