"""The household's own rules, from a form to the preferences in force."""

from dataclasses import replace
from datetime import time, timedelta

import httpx
import pytest

from edge.domain.household import Preferences
from edge.errors import UntrustedCatalogueError
from edge.household.choosing import FOR_GOOD
from tests.house import House
from tests.web.forms import press, press_and_read

TIMES = {"quiet_from": "20:30", "quiet_until": "08:00", "most_per_day": "1", "language": "en"}


async def test_times_and_numbers_are_put_in_force(page: httpx.AsyncClient, house: House) -> None:
    """And shown again as they are."""
    told = await press_and_read(page, "/choices", "/choices/times", TIMES)
    rules = await house.store.preferences()

    assert (rules.quiet_from, rules.quiet_until) == (time(20, 30), time(8, 0))
    assert (rules.most_per_day, rules.language) == (1, "en")
    assert 'name="quiet_from" value="20:30"' in told


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quiet_from", "25:00"),
        ("quiet_from", ""),
        ("most_per_day", "11"),
        ("most_per_day", "-1"),
        ("most_per_day", "²"),
        ("language", "fr"),
    ],
)
async def test_what_makes_no_sense_is_refused_whole(
    page: httpx.AsyncClient, house: House, field: str, value: str
) -> None:
    """Nothing of the form is applied."""
    answer = await press(page, "/choices", "/choices/times", TIMES | {field: value})

    assert answer.status_code == 400
    assert await house.store.preferences() == Preferences()


@pytest.mark.parametrize("most", ["0", "10"])
async def test_the_bounds_themselves_are_allowed(page: httpx.AsyncClient, most: str) -> None:
    """None a day, ten a day."""
    answer = await press(page, "/choices", "/choices/times", TIMES | {"most_per_day": most})

    assert answer.status_code == 303


async def test_what_is_ticked_is_never_shown_again(page: httpx.AsyncClient, house: House) -> None:
    """Categories that exist, sponsors, surfaces; an invented category is not kept."""
    shown = await page.get("/choices")
    assert "Milchhaus Auental" in shown.text
    csrf = shown.text.partition('name="csrf" value="')[2].partition('"')[0]
    ticked = {
        "csrf": csrf,
        "category": ["butter", "weapons"],
        "sponsor": ["Milchhaus Auental"],
        "surface": ["ereader.lock"],
    }
    await page.post("/choices/blocks", data=ticked)
    rules = await house.store.preferences()

    assert rules.blocked_categories == {"butter"}
    assert rules.blocked_sponsors == {"Milchhaus Auental"}
    assert rules.blocked_surfaces == {"ereader.lock"}
    assert "1 aus" in (await page.get("/choices")).text


async def test_a_blocked_sponsor_can_be_unticked_when_its_offers_are_gone(
    page: httpx.AsyncClient, house: House
) -> None:
    """Also while the catalogue is missing or refused."""
    rules = replace(Preferences(), blocked_sponsors=frozenset({"Altes Haus"}))
    await house.store.put_preferences(rules)
    house.shelf.catalogue = None

    assert "Altes Haus" in (await page.get("/choices")).text


class TornShelf:
    """A shelf whose catalogue does not verify."""

    async def newest(self, **_instant: object) -> None:
        """Refuse."""
        raise UntrustedCatalogueError("rollback", "older than the last")


async def test_a_refused_catalogue_does_not_take_the_page_with_it(
    page: httpx.AsyncClient, house: House, app: object
) -> None:
    """The choices are reachable in every state of the cloud."""
    site = app.state.site  # type: ignore[attr-defined]  # Starlette's untyped state
    app.state.site = replace(site, home=replace(house.home, shelf=TornShelf()))  # type: ignore[attr-defined]  # as above

    assert (await page.get("/choices")).status_code == 200


async def test_a_pause_lasts_as_long_as_its_button_says(
    page: httpx.AsyncClient, house: House
) -> None:
    """An hour; until local midnight; for good; over."""
    now = house.clock.now()
    ends = []
    for length in ("hour", "tomorrow", "for_good", "over"):
        await press(page, "/choices", "/choices/pause", {"length": length})
        ends.append((await house.store.preferences()).paused_until)

    assert ends == [now + timedelta(hours=1), now + timedelta(hours=11), FOR_GOOD, None]


async def test_a_pause_says_how_long_it_lasts(page: httpx.AsyncClient) -> None:
    """In words, for good too."""
    told = await press_and_read(page, "/choices", "/choices/pause", {"length": "hour"})
    assert "Angebote machen Pause bis heute, 14:00 Uhr." in told
    told = await press_and_read(page, "/choices", "/choices/pause", {"length": "for_good"})
    assert "Angebote machen Pause bis Sie sie beenden." in told
