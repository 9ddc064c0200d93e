"""The page over a furnished home, asked in the same event loop and without a socket."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from edge.adapters.web.app import create_app
from edge.adapters.web.live import Live
from edge.adapters.web.security import Security
from tests.fakes.outside import FakeLedger
from tests.house import House
from tests.texts import compiled_texts
from tests.web.furnished import a_message, a_shelf, furnish

HOST = "127.0.0.1:8480"
TOKEN = "t" * 32


@pytest.fixture
def house() -> House:
    """A home with the butter's catalogue and three messages in its ledger."""
    house = House(shelf=a_shelf())
    now = house.clock.now()
    ledger = FakeLedger(messages=[a_message(number, at=now) for number in (3, 2, 1)])
    house.home = replace(house.home, ledger=ledger)
    house.flow.home = house.home
    return house


@pytest.fixture
def app(house: House) -> Starlette:
    """The application, opened outside the event loop as `open_page` does."""
    return create_app(
        house.home,
        texts=compiled_texts(),
        security=Security(hosts=frozenset({HOST}), token=TOKEN),
        live=Live(),
    )


@pytest.fixture
async def page(app: Starlette, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in the furnished home, speaking German."""
    await furnish(house)
    async with a_browser(app) as client:
        yield client


@pytest.fixture
async def bare_page(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in a home where nothing is paired yet."""
    async with a_browser(app) as client:
        yield client


@pytest.fixture
async def api(app: Starlette, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A program with the token, in the furnished home."""
    await furnish(house)
    transport = httpx.ASGITransport(app=app)
    headers = {"authorization": f"Bearer {TOKEN}"}
    address = f"http://{HOST}/api/v1/"
    async with httpx.AsyncClient(transport=transport, base_url=address, headers=headers) as client:
        yield client


def a_browser(app: Starlette, *, language: str = "de") -> httpx.AsyncClient:
    """A browser without JavaScript."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
        base_url=f"http://{HOST}",
        headers={"accept-language": language},
    )
