"""Choices: a yes and a no are the same size, and both act at once."""

import re

import httpx

from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from tests.builders import FRIDGE, an_appliance, an_item_id
from tests.fakes.clock import NOON
from tests.house import House
from tests.web.forms import press, press_and_read

ABOUT = {"device": FRIDGE, "data": "groceries"}


async def stands(house: House, purpose: Purpose) -> bool:
    """Whether the fridge's groceries may be used for it now."""
    grants = await house.store.grants(now=house.clock.now())
    return grants.allowing(purpose, DataCategory.GROCERIES, FRIDGE) is not None


async def test_offers_off_is_the_first_thing_on_the_page(page: httpx.AsyncClient) -> None:
    """Before any question."""
    told = (await page.get("/choices")).text

    assert told.index("Angebote ausschalten") < told.index("Wofür die Daten")


async def test_one_press_ends_all_offers(page: httpx.AsyncClient, house: House) -> None:
    """On the surface and at the courier; needs and readings stay."""
    told = await press_and_read(page, "/", "/choices/offers-off")

    assert "Angebote sind aus, und was dazu entschieden wurde, ist gelöscht." in told
    assert not house.surfaces.shown
    assert not house.subscription.on
    assert await house.store.needs()


async def test_a_no_acts_at_once(page: httpx.AsyncClient, house: House) -> None:
    """The placement is gone before the page is back."""
    about = ABOUT | {"purpose": "offer"}
    await press(page, "/choices", "/choices/consent", {"answer": "refuse"}, about=about)

    assert not await stands(house, Purpose.OFFER)
    assert not house.surfaces.shown


async def test_refusing_to_keep_deletes_the_readings(page: httpx.AsyncClient, house: House) -> None:
    """And the page said so before."""
    assert "wird das Gespeicherte gelöscht" in (await page.get("/choices")).text.replace("\n", " ")
    about = ABOUT | {"purpose": "keep"}
    await press(page, "/choices", "/choices/consent", {"answer": "refuse"}, about=about)

    assert not await house.store.readings(an_item_id(), since=NOON.replace(year=2020))
    assert not await stands(house, Purpose.INFER)


async def test_a_question_is_asked_once_what_it_needs_is_allowed(
    bare_page: httpx.AsyncClient, house: House
) -> None:
    """First keep, then look ahead, then offers: nothing is granted in passing."""
    await house.store.put_appliance(an_appliance())
    for purpose in ("keep", "infer", "offer"):
        asked = re.findall(r'name="purpose" value="(\w+)"', (await bare_page.get("/choices")).text)
        assert asked[-1] == purpose
        about = ABOUT | {"purpose": purpose}
        await press(bare_page, "/choices", "/choices/consent", {"answer": "allow"}, about=about)

    assert await stands(house, Purpose.OFFER)


async def test_a_yes_and_a_no_look_the_same(page: httpx.AsyncClient) -> None:
    """The same element, no class that favours one, one after the other (TDDDG § 25)."""
    told = (await page.get("/choices")).text
    yes = re.findall(r'<button name="answer" value="allow"([^>]*)>', told)
    no = re.findall(r'<button name="answer" value="refuse"([^>]*)>', told)

    assert len(yes) == len(no) > 5
    assert {re.sub("true|false", "", one) for one in yes + no} == {' aria-pressed=""'}


async def test_everything_off_says_what_it_deletes_and_does_it(
    page: httpx.AsyncClient, house: House
) -> None:
    """Every grant ends and no reading stays."""
    assert "Alles ausschalten und Messwerte löschen" in (await page.get("/choices")).text
    told = await press_and_read(page, "/choices", "/choices/everything-off")

    assert "Alles ist aus." in told
    assert not list(await house.store.grants(now=house.clock.now()))
    assert not await house.store.readings(an_item_id(), since=NOON.replace(year=2020))


async def test_an_answer_that_is_neither_is_refused(page: httpx.AsyncClient, house: House) -> None:
    """And changes nothing."""
    about = ABOUT | {"purpose": "offer"}
    answer = await press(page, "/choices", "/choices/consent", {"answer": "perhaps"}, about=about)

    assert answer.status_code == 400
    assert await stands(house, Purpose.OFFER)


async def test_a_yes_for_an_unknown_appliance_is_refused(page: httpx.AsyncClient) -> None:
    """A form made by hand gets no further."""
    about = ABOUT | {"purpose": "offer"}
    answer = await press(
        page, "/choices", "/choices/consent", {"device": "oven-1", "answer": "allow"}, about=about
    )

    assert answer.status_code == 403


async def test_global_privacy_control_is_noted(page: httpx.AsyncClient) -> None:
    """The page says that it heard, and does not argue."""
    quiet = (await page.get("/choices")).text
    heard = (await page.get("/choices", headers={"sec-gpc": "1"})).text

    assert "Global Privacy Control" not in quiet
    assert "Global Privacy Control" in heard


async def test_counting_is_not_asked_for(page: httpx.AsyncClient) -> None:
    """No code uses MEASURE, so no yes to it is collected."""
    assert 'value="measure"' not in (await page.get("/choices")).text
