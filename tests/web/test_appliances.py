"""Appliances: let in, looked at, forgotten; everything taken along, everything forgotten."""

from dataclasses import replace
from datetime import timedelta

import httpx

from edge.domain.measures import DeviceId
from tests.builders import FRIDGE, an_appliance
from tests.house import House
from tests.web.forms import press, press_and_read


async def test_each_appliance_shows_what_it_watches_and_how_much_is_kept(
    page: httpx.AsyncClient,
) -> None:
    """Items with their readings; a door says nothing about an amount and is not listed."""
    told = (await page.get("/appliances")).text

    assert "Kühlschrank" in told
    assert "<td>Butter</td><td>80</td>" in told
    assert "<td>Tür" not in told


async def test_the_code_is_shown_until_somebody_came_in(
    page: httpx.AsyncClient, house: House
) -> None:
    """After the redirect, not in the address; the next appliance takes the sign down."""
    answer = await press(page, "/appliances", "/appliances/pair")
    assert "ABCD" not in answer.headers["location"]
    assert "ABCD-EFGH-JKMN" in (await page.get("/appliances")).text
    await house.store.put_appliance(
        replace(an_appliance("oven-1"), paired_at=house.clock.now(), surfaces=())
    )

    assert "ABCD-EFGH-JKMN" not in (await page.get("/appliances")).text


async def test_the_code_is_gone_after_five_minutes(page: httpx.AsyncClient, house: House) -> None:
    """As the door is."""
    await press(page, "/appliances", "/appliances/pair")
    house.clock.move(timedelta(minutes=5, seconds=-1))
    assert "ABCD-EFGH-JKMN" in (await page.get("/appliances")).text
    house.clock.move(timedelta(seconds=1))

    assert "ABCD-EFGH-JKMN" not in (await page.get("/appliances")).text


async def test_an_appliance_may_bring_its_own_code(page: httpx.AsyncClient, house: House) -> None:
    """Typed into the page."""
    form = {"code": "QRST-VWXY-Z012"}
    await press(page, "/appliances", "/appliances/pair", form)

    assert house.pairing.opened == ["QRST-VWXY-Z012"]


async def test_forgetting_asks_first(page: httpx.AsyncClient, house: House) -> None:
    """Without the tick nothing happens."""
    about = {"device": str(FRIDGE)}
    told = await press_and_read(page, "/appliances", "/appliances/forget", about=about)

    assert "Es wurde nichts geändert" in told
    assert FRIDGE in {one.id for one in await house.store.appliances()}


async def test_a_forgotten_appliance_is_gone_with_its_readings(
    page: httpx.AsyncClient, house: House
) -> None:
    """Its key, its card, its offer."""
    about = {"device": str(FRIDGE)}
    told = await press_and_read(
        page, "/appliances", "/appliances/forget", {"sure": "yes"}, about=about
    )

    assert "Kühlschrank" not in told
    assert house.pairing.unpaired == [DeviceId(FRIDGE)]
    assert not house.surfaces.shown


async def test_everything_can_be_forgotten(page: httpx.AsyncClient, house: House) -> None:
    """With a tick, and only with one."""
    await press(page, "/appliances", "/appliances/forget-everything")
    assert await house.store.appliances()
    await press(page, "/appliances", "/appliances/forget-everything", {"sure": "yes"})

    assert not await house.store.appliances()
    assert not await house.store.grant_history()


async def test_everything_can_be_taken_along(page: httpx.AsyncClient) -> None:
    """One JSON file with readings, grants, decisions and what left."""
    answer = await page.get("/take-along")
    everything = answer.json()

    assert "attachment" in answer.headers["content-disposition"]
    assert len(everything["readings"]) == 400
    assert {"appliances", "grants", "decisions", "impressions", "messages"} <= everything.keys()


async def test_a_title_is_text_and_never_markup(page: httpx.AsyncClient, house: House) -> None:
    """An appliance may call itself anything."""
    evil = replace(an_appliance("evil-1"), titles={"de": "<script>alert(1)</script>"}, surfaces=())
    await house.store.put_appliance(evil)
    for path in ("/appliances", "/choices"):
        told = (await page.get(path)).text
        assert "<script>alert" not in told
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
