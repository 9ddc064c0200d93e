"""The page is served on loopback, inside the running loop, and goes without a trace."""

import asyncio
import logging
import socket
from contextlib import AbstractAsyncContextManager

import httpx
import pytest

from edge.adapters.web.live import Live
from edge.adapters.web.serve import open_page
from edge.errors import SettingsError, UnreachableError
from tests.house import House
from tests.texts import compiled_texts
from tests.web.furnished import furnish

TOKEN = "t" * 32


def page_of(
    house: House, *, host: str = "127.0.0.1", port: int = 0, token: str = TOKEN
) -> AbstractAsyncContextManager[str]:
    """This home's page."""
    return open_page(
        house.home, texts=compiled_texts(), host=host, port=port, token=token, live=Live()
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
async def test_the_page_answers_under_the_address_it_gives(house: House, host: str) -> None:
    """On each spelling of loopback, with the port it got."""
    async with page_of(house, host=host) as address, httpx.AsyncClient() as client:
        assert (await client.get(address)).status_code == 200
        assert (await client.get(address, headers={"host": "evil.example"})).status_code == 400


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "::", "fridge.local", ""])  # noqa: S104 -- these are refused
async def test_only_loopback_is_served(house: House, host: str) -> None:
    """Nothing is bound, and the setting is named."""
    with pytest.raises(SettingsError, match=r"web\.host"):
        async with page_of(house, host=host):
            pass


async def test_a_short_token_is_refused(house: House) -> None:
    """A guessable token is none."""
    with pytest.raises(SettingsError, match=r"web\.token"):
        async with page_of(house, token="t" * 31):
            pass


async def test_a_port_that_is_taken_is_said_so(house: House) -> None:
    """Two runtimes do not share a page."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UnreachableError):
        async with page_of(house, port=taken.getsockname()[1]):
            pass


async def test_closing_is_quick_while_a_page_listens(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """A browser tab left open does not hold the runtime, nor has it to be cut off."""
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient() as client:
        async with page_of(house) as address:
            stream = client.stream("GET", f"{address}live")
            answer = await stream.__aenter__()
            lines = answer.aiter_lines()
            await anext(lines)
            start = loop.time()
        assert loop.time() - start < 3
        assert "Cancel" not in caplog.text
        await stream.__aexit__(None, None, None)
        with pytest.raises(httpx.ConnectError):
            await client.get(address)


async def test_an_error_of_the_runtime_closes_the_page_and_is_not_lost(house: House) -> None:
    """It comes out in the group of the tasks it ended."""
    with pytest.raises(ExceptionGroup) as raised:
        async with page_of(house):
            raise UnreachableError("a broker", "gone")

    assert raised.group_contains(UnreachableError)


async def test_no_household_value_is_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Everything is read and everything is tried; the log stays without a word of it."""
    caplog.set_level(logging.DEBUG)
    await furnish(house)
    async with page_of(house) as address, httpx.AsyncClient() as client:
        for path in ("", "why", "choices", "left", "appliances", "take-along", "none"):
            await client.get(f"{address}{path}")
        await client.post(f"{address}answer", data={"kind": "butter"})
        await client.post(f"{address}api/v1/react", json={"kind": "butter"})
    logged = " ".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("http")
    ).lower()

    for value in ("butter", "milch", "lind", "richter", "fridge-7f3a"):
        assert value not in logged


async def test_a_slow_or_broken_client_holds_nobody_up(house: House) -> None:
    """Half a request, an endless header, rubbish: the next browser is served all the same."""
    async with page_of(house) as address, httpx.AsyncClient() as client:
        port = httpx.URL(address).port
        for sent in (b"GET / HT", b"GET / HTTP/1.1\r\nx: " + b"y" * 200_000, b"\x00\xff" * 500):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            writer.close()
        assert (await client.get(address)).status_code == 200
