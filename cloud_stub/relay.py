"""A dumb relay: it sees who connects and how much passes, never what.

One listening port per target and no way to name another one: it cannot be used as an open proxy.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

CONNECTIONS_MOST = 100
"""Per target; each holds two sockets and two buffers."""

_IDLE_SECONDS = 60.0
_CONNECT_SECONDS = 10.0
_CHUNK = 64 * 1024

Address = tuple[str, int]


@asynccontextmanager
async def open_relay(targets: list[Address], host: str, port: int) -> AsyncIterator[list[int]]:
    """Relay to each target until the block ends.

    Args:
        targets: Where to; the only places this relay ever connects to.
        host: Where to listen.
        port: For the first target; the next ones get the ports above it, 0 a free one each.

    Yields:
        The ports, in the order of the targets.
    """
    async with AsyncExitStack() as stack:
        ports = []
        for offset, target in enumerate(targets):
            server = await asyncio.start_server(
                _Relay(target).accept, host, port + offset if port else 0, limit=_CHUNK
            )
            stack.push_async_callback(_close, server)
            ports.append(server.sockets[0].getsockname()[1])
        yield ports


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()


class _Relay:
    """One target."""

    def __init__(self, target: Address) -> None:
        self._target = target
        self._open = 0

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes both ways until either side ends, falls silent, or the house is full."""
        if self._open >= CONNECTIONS_MOST:
            writer.close()
            return
        self._open += 1
        try:
            await self._carry(reader, writer)
        except (OSError, TimeoutError):
            pass  # the other end learns it from the closed connection; we log nobody
        finally:
            self._open -= 1
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_CONNECT_SECONDS):
            far_reader, far_writer = await asyncio.open_connection(*self._target, limit=_CHUNK)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pipe(reader, far_writer), name="relay up")
                both.create_task(_pipe(far_reader, writer), name="relay down")
        except* (OSError, TimeoutError):
            pass
        finally:
            far_writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        async with asyncio.timeout(_IDLE_SECONDS):
            chunk = await reader.read(_CHUNK)
        if not chunk:
            writer.write_eof()
            return
        writer.write(chunk)
        await writer.drain()
