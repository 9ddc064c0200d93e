"""The broker inside the runtime: loopback only, for a first start without anything installed.

socket -> lobby (who is not known yet) -> admission -> conversation -> switch (amqtt's tables)
"""

import asyncio
import hmac
import logging
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from edge.adapters.local import acl
from edge.adapters.local.accounts import Accounts
from edge.adapters.local.embedded_admission import admit
from edge.adapters.local.embedded_conversation import Conversation
from edge.adapters.local.embedded_packets import MalformedPacketError
from edge.adapters.local.embedded_switch import CrowdedError, Switch
from edge.errors import UnreachableError

LOOPBACK = "127.0.0.1"
"""The only address it ever listens on: amqtt has not earned more (notes in ADR 0040)."""

LOBBY_MOST = 64
"""Connections that have not yet said who they are; one more ends the oldest of them."""

_UNAVAILABLE = b"\x20\x02\x00\x03"

_log = logging.getLogger(__name__)


class EmbeddedBroker:
    """Receives connections; `port` is where."""

    def __init__(self, *, switch: Switch, accounts: Accounts, password: str) -> None:
        self._switch = switch
        self._accounts = accounts
        self._password = password
        self._users = dict(accounts.users())
        self._lobby: dict[asyncio.Task[object] | None, StreamWriter] = {}
        self._tasks: set[asyncio.Task[object] | None] = set()

    async def accounts_changed(self) -> None:
        """Appliances that were removed, or paired anew, lose their sessions at once."""
        now: Mapping[str, str] = dict(self._accounts.users())
        gone = {user for user, kept in self._users.items() if now.get(user) != kept}
        self._users = dict(now)
        await self._switch.forget(gone)

    async def receive(self, reader: StreamReader, writer: StreamWriter) -> None:
        """See one connection from its first byte to its last."""
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            if conversation := await self._admitted(reader, writer):
                await conversation.run()
        except (MalformedPacketError, TimeoutError, EOFError, OSError) as error:
            _log.info("broker.connection.refused reason=%s", type(error).__name__)
        except CrowdedError:
            _log.warning("broker.crowded")
            writer.write(_UNAVAILABLE)
        finally:
            await _close(writer)
            self._tasks.discard(task)

    async def end_all(self) -> None:
        """Cut what is still open and wait until it is over."""
        for writer in self._lobby.values():
            writer.transport.abort()
        await self._switch.shutdown()
        while self._tasks:
            await asyncio.wait([task for task in self._tasks if task])

    async def _admitted(self, reader: StreamReader, writer: StreamWriter) -> Conversation | None:
        task = asyncio.current_task()
        self._lobby[task] = writer
        if len(self._lobby) > LOBBY_MOST:
            next(iter(self._lobby.values())).transport.abort()
        try:
            guest = await admit(reader, writer, admits=self._admits)
        finally:
            del self._lobby[task]
        if guest is None:
            _log.info("broker.connection.denied")
            return None
        return Conversation(switch=self._switch, guest=guest, reader=reader, writer=writer)

    def _admits(self, user: str, password: str) -> bool:
        if user == acl.RUNTIME:
            return hmac.compare_digest(password.encode(), self._password.encode())
        if user == acl.PAIRING:
            return password == acl.PAIRING
        return self._accounts.accepts(user, password)


@asynccontextmanager
async def open_embedded_broker(
    *, accounts: Accounts, password: str, port: int
) -> AsyncIterator[tuple[EmbeddedBroker, int]]:
    """Serve MQTT 3.1.1 on loopback.

    Args:
        accounts: The paired appliances.
        password: The runtime's own, made anew at each start.
        port: Where; 0 for any free one.

    Yields:
        The broker and its port.

    Raises:
        UnreachableError: The port is taken.
    """
    switch = Switch()
    broker = EmbeddedBroker(switch=switch, accounts=accounts, password=password)
    await switch.start()
    try:
        server = await asyncio.start_server(broker.receive, LOOPBACK, port)
    except OSError as error:
        await switch.shutdown()
        whom = f"{LOOPBACK}:{port}"
        raise UnreachableError(whom, error.strerror or "no socket") from error
    try:
        yield broker, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await broker.end_all()
        await server.wait_closed()


async def _close(writer: StreamWriter) -> None:
    writer.close()
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):
            await writer.wait_closed()
