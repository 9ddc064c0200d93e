"""The first page: what runs low, the one offer and why, what left the home."""

import httpx
import pytest

from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.domain.reaction import ReactionKind
from edge.household.choosing import Break, take_a_break
from edge.household.consenting import offers_off, withdraw
from tests.builders import FRIDGE
from tests.house import House
from tests.web.forms import press, press_and_read


async def test_the_day_begins_with_what_will_be_gone_first(page: httpx.AsyncClient) -> None:
    """One sentence, and it is the nearest need."""
    told = (await page.get("/")).text

    assert "Guten Tag." in told
    assert "Butter: voraussichtlich am Mittwoch leer." in told


async def test_what_runs_low_has_a_picture_with_words_and_numbers(page: httpx.AsyncClient) -> None:
    """The picture says in its label what it shows, and a table says it in numbers."""
    told = (await page.get("/")).text

    assert 'role="img" aria-label="Butter: etwa' in told
    assert "frühestens aufgebraucht" in told
    assert "Das beruht auf" in told


async def test_the_offer_carries_its_label_its_price_and_its_reason(
    page: httpx.AsyncClient,
) -> None:
    """Who is behind it and who paid (DSA Art. 26), price, unit price, conditions, why."""
    told = (await page.get("/")).text.replace("\N{NO-BREAK SPACE}", " ")

    for part in (
        "<strong>Anzeige</strong>",
        "im Auftrag von Hofkäserei Lind",
        "bezahlt von Regional eG",
        "7,96 €/kg",
        "Bis Samstag, solange der Vorrat reicht.",
        "Der Grund: Butter, voraussichtlich am Mittwoch leer.",
        "1 Angebot: es gilt gerade nicht",
    ):
        assert part in told


async def test_each_of_the_eight_answers_has_its_button(page: httpx.AsyncClient) -> None:
    """None is hidden behind another."""
    told = (await page.get("/")).text

    assert all(f'name="kind" value="{kind}"' in told for kind in ReactionKind)


@pytest.mark.parametrize("kind", ReactionKind)
async def test_an_answer_takes_the_offer_away(
    page: httpx.AsyncClient, house: House, kind: ReactionKind
) -> None:
    """From the surface, from the store, and from the page one is sent back to."""
    told = await press_and_read(page, "/", "/answer", {"kind": kind})

    assert "Gerade kein Angebot" in told
    assert not house.surfaces.shown
    assert await house.store.standing() is None


async def test_a_second_answer_changes_nothing(page: httpx.AsyncClient, house: House) -> None:
    """Two people pressing at once are one answer, and the later one is told so."""
    placement = await house.store.standing()
    assert placement is not None
    await press(page, "/", "/answer", {"kind": "save"})
    csrf = (await page.get("/choices")).text.partition('name="csrf" value="')[2].partition('"')[0]
    again = await page.post(
        "/answer", data={"csrf": csrf, "placement": placement.id, "kind": "helpful"}
    )

    assert again.headers["location"] == "/?done=answered_before"
    assert (await house.store.history(since=placement.shown_at)).impressions[0].reaction == "save"


async def test_an_answer_that_does_not_exist_is_refused(page: httpx.AsyncClient) -> None:
    """Eight answers, not nine."""
    assert (await press(page, "/", "/answer", {"kind": "shout"})).status_code == 400


async def test_the_page_is_useful_with_offers_off(page: httpx.AsyncClient, house: House) -> None:
    """Refusing costs nothing: what runs low stays, only the offer goes."""
    await offers_off(house.home)
    told = (await page.get("/")).text

    assert "Butter: voraussichtlich am Mittwoch leer." in told
    assert "Was zur Neige geht, sehen Sie trotzdem." in told
    assert "Süßrahmbutter" not in told


async def test_without_looking_ahead_nothing_is_worked_out(
    page: httpx.AsyncClient, house: House
) -> None:
    """Groceries withdrawn, groceries gone; the salt stays."""
    await withdraw(house.home, Purpose.INFER, DataCategory.GROCERIES, FRIDGE)
    told = (await page.get("/")).text

    assert "Butter" not in told
    assert "Spülmaschinensalz" in told


async def test_a_pause_is_named(page: httpx.AsyncClient, house: House) -> None:
    """Why is there nothing? Because somebody paused."""
    await take_a_break(house.home, Break.HOUR)

    assert "Sie haben Angebote angehalten." in (await page.get("/")).text


async def test_an_empty_home_is_told_what_to_do_first(bare_page: httpx.AsyncClient) -> None:
    """No appliance yet: the way to pair one."""
    told = (await bare_page.get("/")).text

    assert "Noch ist kein Gerät gekoppelt." in told
    assert 'href="/appliances"' in told


async def test_what_left_is_a_computed_zero(page: httpx.AsyncClient) -> None:
    """Three explained messages, no fact."""
    told = (await page.get("/")).text.replace("\N{NO-BREAK SPACE}", " ")

    assert "<b>0</b> Angaben über Sie" in told
    assert "3 Anfragen nach dem Katalog, 1,2 kB." in told
