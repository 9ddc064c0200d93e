"""What breaks is said plainly, to people and to programs, and no value leaks with it."""

from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from edge.errors import StoreError
from tests.fakes.store import FakeStore
from tests.house import House
from tests.web.conftest import TOKEN, a_browser


class TornStore(FakeStore):
    """A store that cannot keep its promise when asked for decisions."""

    error: Exception = StoreError("the disk is full")

    async def decisions(self, *, limit: int) -> list[object]:  # type: ignore[override]  # never returns
        """Raise."""
        del limit
        raise self.error


def torn(app: Starlette, house: House, error: Exception) -> httpx.AsyncClient:
    """A browser in a home whose store is torn."""
    store = TornStore(house.clock)
    store.error = error
    app.state.site = replace(app.state.site, home=replace(house.home, store=store))
    return a_browser(app)


async def test_a_torn_store_is_said_plainly(app: Starlette, house: House) -> None:
    """503 in words for people, field and rule for programs."""
    async with torn(app, house, StoreError("the disk is full")) as client:
        page = await client.get("/")
        program = {"authorization": f"Bearer {TOKEN}"}
        told = await client.get("/api/v1/today", headers=program)

    assert page.status_code == 503
    assert "Der Speicher antwortet nicht." in page.text
    assert told.status_code == 503
    assert told.json().keys() == {"field", "rule"}


@pytest.mark.parametrize("path", ["/", "/api/v1/today"])
async def test_what_should_not_happen_shows_no_detail(
    app: Starlette, house: House, path: str
) -> None:
    """The trace is for the log; the answer has neither text nor type of the error."""
    async with torn(app, house, RuntimeError("62 g of butter")) as client:
        answer = await client.get(path, headers={"authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 500
    assert "butter" not in answer.text
    assert "RuntimeError" not in answer.text


async def test_a_refusal_speaks_the_language(page: httpx.AsyncClient) -> None:
    """Also of an address that does not exist."""
    told = await page.get("/none", headers={"accept-language": "en"})

    assert "There is no such page." in told.text
