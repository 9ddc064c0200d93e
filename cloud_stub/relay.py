"""A dumb relay: it sees who connects and how much passes, never what.

One listening port per target and no way to name another one: it cannot be used as an open proxy.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

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
            relay = _Relay(target)
            stack.push_async_callback(relay.end)
            own = port + offset if port else 0
            server = await asyncio.start_server(relay.accept, host, own, limit=_CHUNK)
            await stack.enter_async_context(server)
            ports.append(server.sockets[0].getsockname()[1])
        yield ports


class _Relay:
    """One target, and the connections to it that are open."""

    def __init__(self, target: Address) -> None:
        self._target = target
        self._open: set[asyncio.Task[object]] = set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry bytes both ways until either side ends, falls silent, or the house is full."""
        task = asyncio.current_task()
        async with _closing(writer):
            if task is None or len(self._open) >= CONNECTIONS_MOST:
                return
            self._open.add(task)
            try:
                await self._carry(reader, writer)
            finally:
                self._open.discard(task)

    async def end(self) -> None:
        """Cut every connection that is still open."""
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError):  # the closed connection says it; we log nobody
            async with asyncio.timeout(_CONNECT_SECONDS):
                far_reader, far_writer = await asyncio.open_connection(*self._target, limit=_CHUNK)
            async with _closing(far_writer):
                await _both_ways((reader, writer), (far_reader, far_writer))


_End = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _both_ways(near: _End, far: _End) -> None:
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_pipe(near[0], far[1]), name="relay up")
            both.create_task(_pipe(far[0], near[1]), name="relay down")
    except* (OSError, TimeoutError):
        pass  # as above


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        async with asyncio.timeout(_IDLE_SECONDS):
            chunk = await reader.read(_CHUNK)
        if not chunk:
            writer.write_eof()
            return
        writer.write(chunk)
        await writer.drain()


@asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
