"""The relay passes bytes and knows nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from cloud_stub import relay
from cloud_stub.relay import open_relay


@asynccontextmanager
async def an_echo(prefix: bytes) -> AsyncIterator[int]:
    """A server that answers each chunk with its own prefix; its port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(1024):
            writer.write(prefix + chunk)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def said(port: int, content: bytes) -> bytes:
    """What comes back for this; nothing when the connection is cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(content)
        writer.write_eof()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def test_each_port_leads_to_its_own_target() -> None:
    """Two targets, two ports, no way to choose another one."""
    async with an_echo(b"one:") as one, an_echo(b"two:") as two:
        targets = [("127.0.0.1", one), ("127.0.0.1", two)]
        async with open_relay(targets, "127.0.0.1", 0) as ports:
            assert await said(ports[0], b"hello") == b"one:hello"
            assert await said(ports[1], b"hello") == b"two:hello"


async def test_a_target_that_is_away_closes_the_connection() -> None:
    """The home learns it at once, from the end of the connection."""
    async with open_relay([("127.0.0.1", 1)], "127.0.0.1", 0) as (port,):
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()


async def test_a_full_relay_takes_nobody_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the limit the next one is turned away; when one leaves there is room again."""
    monkeypatch.setattr(relay, "CONNECTIONS_MOST", 1)
    async with (
        an_echo(b"") as target,
        open_relay([("127.0.0.1", target)], "127.0.0.1", 0) as (port,),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"here")
        assert await reader.read(4) == b"here"
        assert await said(port, b"me too") == b""
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0.1)
        assert await said(port, b"me too") == b"me too"
