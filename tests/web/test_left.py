"""What left the home: counted, listed, and never vouched for beyond what was checked."""

from dataclasses import replace

import httpx
from starlette.applications import Starlette

from tests.fakes.outside import FakeLedger
from tests.house import House
from tests.web.furnished import a_message


async def test_every_message_is_listed_newest_first(page: httpx.AsyncClient) -> None:
    """With its time, what it asked for, its size and where it went."""
    told = (await page.get("/left")).text

    assert told.index("heute, 12:00 Uhr") < told.index("heute, 10:00 Uhr")
    assert "Frage nach dem öffentlichen Katalog: timestamp.json" in told
    assert "412 Byte" in told
    assert "relay.example:5684" in told


async def test_an_unexplained_message_makes_the_zero_a_one(
    page: httpx.AsyncClient, house: House, app: Starlette
) -> None:
    """The big figure is computed: plant one unexplained message and it says so."""
    ledger = FakeLedger(messages=[a_message(1, at=house.clock.now(), explained=False)])
    site = app.state.site
    app.state.site = replace(site, home=replace(house.home, ledger=ledger))
    told = (await page.get("/left")).text

    assert "<b>1</b> Angabe über Sie" in told
    assert "Etwas, das der Katalog nicht erklärt." in told


async def test_an_empty_ledger_is_no_error(bare_page: httpx.AsyncClient, house: House) -> None:
    """Before the first pull nothing has left."""
    house.home.ledger.messages.clear()  # type: ignore[attr-defined]  # the fake's own list

    assert "Nichts hat Ihr Zuhause verlassen." in (await bare_page.get("/left")).text


async def test_the_catalogue_can_be_compared_with_somebody_elses(page: httpx.AsyncClient) -> None:
    """The short fingerprint of the signed head is there to be read out."""
    assert "<code>abab abab abab abab</code>" in (await page.get("/left")).text
