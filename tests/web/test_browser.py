"""The page in a real browser: readable, reachable, alive, and whole without JavaScript."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route, expect

import edge
from edge.adapters.web.live import Live
from edge.domain.story import Kept
from edge.household.consenting import offers_off
from tests.builders import FRIDGE
from tests.house import House
from tests.web.browser import look, open_browser, serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PAGES = ("", "why", "choices", "left", "appliances", "none")
SIZES = ((320, 640), (1280, 800))
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
PICTURES = Path(edge.__file__).parents[1] / "docs" / "pictures"
PICTURE_MOST = 200_000


async def violations(page: Page) -> list[str]:
    """What axe finds, with everything unfolded."""
    await page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = await Axe().run(page, options=RULES)
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found.response["violations"]]


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    width: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_page_is_accessible_and_fits(house: House, language: str, dark: bool) -> None:  # noqa: FBT001 -- a parameter of the table
    """Axe (WCAG 2.2 AA and best practice) finds nothing; no page scrolls sideways at 320 px."""
    async with serve(house) as address, open_browser() as browser:
        for size in SIZES:
            async with look(browser, language=language, dark=dark, size=size) as page:
                for path in PAGES[:-1]:
                    await page.goto(address + path)
                    assert await violations(page) == [], (path, size)
                    assert await overflow(page) == 0, (path, size)


async def test_a_fault_in_accessibility_is_found(house: House) -> None:
    """The control: a field without a label does not pass."""
    async with serve(house) as address, open_browser() as browser, look(browser) as page:
        await page.goto(address)
        await page.evaluate(
            "document.querySelector('main').append(document.createElement('input'))"
        )

        assert any(found.startswith("label") for found in await violations(page))


async def test_twice_the_letter_size_still_fits(house: House) -> None:
    """Readable at 200 % on a tablet's width."""
    async with (
        serve(house) as address,
        open_browser() as browser,
        look(browser, size=(768, 1024)) as page,
    ):
        for path in PAGES[:-1]:
            await page.goto(address + path)
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert await overflow(page) == 0, path


async def test_electronic_paper_gets_black_on_white(house: House) -> None:
    """The style for e-ink, forced on: no colour is left and axe finds nothing."""

    async def force(route: Route) -> None:
        answer = await route.fetch()
        style = (await answer.text()).replace("(monochrome), (update: slow)", "all")
        await route.fulfill(response=answer, body=style)

    async with (
        serve(house) as address,
        open_browser() as browser,
        look(browser, size=(758, 1024)) as page,
    ):
        await page.route("**/look.*.css", force)
        await page.goto(address)
        colour = await page.evaluate("getComputedStyle(document.querySelector('h1 span')).color")

        assert colour == "rgb(0, 0, 0)"
        assert await violations(page) == []


async def test_everything_works_without_javascript(house: House) -> None:
    """React, refuse, switch off, forget: each is a form and an answer."""
    async with (
        serve(house) as address,
        open_browser() as browser,
        look(browser, scripts=False) as page,
    ):
        await page.goto(address)
        await page.get_by_role("button", name="Jetzt nicht").click()
        await expect(page.get_by_role("status")).to_contain_text("ruht zwei Tage")
        assert not house.surfaces.shown

        await page.get_by_role("link", name="Auswahl").click()
        refuse = page.get_by_role("button", name="Nicht erlauben")
        await refuse.last.click()
        await expect(page.get_by_role("status")).to_contain_text("Nicht erlaubt.")

        await page.get_by_role("button", name="Angebote ausschalten").click()
        await expect(page.get_by_role("status")).to_contain_text("Angebote sind aus,")
        assert not house.subscription.on

        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("You decide")


async def test_a_toggle_acts_in_place_and_says_so(house: House) -> None:
    """With the script: same page, focus kept, the change is announced."""
    async with serve(house) as address, open_browser() as browser, look(browser) as page:
        await page.goto(f"{address}choices")
        await page.evaluate("window.stayed = true")
        card = page.get_by_role("region", name="Kühlschrank: Lebensmittel")
        button = card.get_by_role("button", name="Nicht erlauben").nth(2)
        await button.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("Nicht erlaubt.")
        focused = await page.evaluate(
            "[document.activeElement.value, document.activeElement.ariaPressed, window.stayed]"
        )

        assert focused == ["refuse", "true", True]
        assert not house.surfaces.shown
        assert page.url == f"{address}choices"


async def test_a_page_follows_what_happens_in_the_house(house: House) -> None:
    """An offer that is withdrawn elsewhere leaves an open page by itself."""
    live = Live()
    async with (
        serve(house, live=live) as address,
        open_browser() as browser,
        look(browser) as page,
    ):
        async with page.expect_response("**/live"):
            await page.goto(address)
        await expect(page.get_by_text("im Auftrag von Hofkäserei Lind")).to_be_visible()
        await page.get_by_text("Woher wissen wir das?").first.click()
        await offers_off(house.home)
        live.tell(Kept(device=FRIDGE, count=1))
        await expect(page.get_by_text("im Auftrag von Hofkäserei Lind")).to_have_count(0)

        assert await page.locator("#stock details").first.get_attribute("open") is not None


async def test_the_keyboard_reaches_everything(house: House) -> None:
    """The skip link comes first; offers are switched off with Tab and Enter alone."""
    async with (
        serve(house) as address,
        open_browser() as browser,
        look(browser, size=(1280, 800), scripts=False) as page,
    ):
        await page.goto(address)
        names = []
        for _ in range(8):
            await page.keyboard.press("Tab")
            names.append(await page.evaluate("document.activeElement.textContent.trim()"))
            outline = await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert outline == "3px"
        assert names[0] == "Zum Inhalt"
        assert names[-1] == "Angebote aus"
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("Angebote sind aus,")

        assert not house.surfaces.shown


async def test_what_is_pressed_is_large_enough(house: House) -> None:
    """WCAG 2.5.8: every target is at least 24 pixels high; a tick box has its label to press."""
    async with serve(house) as address, open_browser() as browser, look(browser) as page:
        for path in PAGES[:-1]:
            await page.goto(address + path)
            small = await page.evaluate(
                """[...document.querySelectorAll("button, .button, summary, nav a, input, select")]
                .map(e => [e, e.getBoundingClientRect()])
                .filter(([e, r]) => r.width && r.height < (e.type === "checkbox" ? 20 : 24))
                .map(([e]) => e.outerHTML)"""
            )
            assert small == [], path


@pytest.mark.skipif(
    os.environ.get("DOORSTEP_PICTURES") != "1", reason="writes into docs/: DOORSTEP_PICTURES=1"
)
@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_picture_of_today_is_up_to_date(house: House, language: str) -> None:
    """The page as docs/ shows it, small enough to keep in the repository."""
    async with (
        serve(house) as address,
        open_browser() as browser,
        look(browser, language=language, size=(1120, 980)) as page,
    ):
        await page.goto(address)
        picture = await page.screenshot()

    assert len(picture) < PICTURE_MOST
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"today-{language}.png").write_bytes(picture)
