"""Every page speaks both languages; who decides which, and in what order."""

import re

import httpx
import pytest
from starlette.applications import Starlette

from edge.wording.voice import LANGUAGES
from tests.texts import catalogue
from tests.web.conftest import a_browser
from tests.web.forms import press

PAGES = ("/", "/why", "/choices", "/left", "/appliances", "/none")
SAID = {"de": ("Heute", "Angebote aus"), "en": ("Today", "Offers off")}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_in_the_language_that_was_asked_for(
    page: httpx.AsyncClient, path: str, language: str
) -> None:
    """And says so, for those who read it aloud."""
    answer = await page.get(path, headers={"accept-language": language})

    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    assert all(text in answer.text for text in SAID[language])


@pytest.mark.parametrize("path", PAGES)
async def test_no_sentence_of_the_other_language_slips_in(
    page: httpx.AsyncClient, path: str
) -> None:
    """No English sentence of the texts stands on a German page."""
    told = (await page.get(path)).text
    english = [
        str(message.id)
        for message in catalogue("de")
        if isinstance(message.id, str) and message.id != message.string and " " in message.id
    ]

    assert [text for text in english if text in told] == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr,de;q=0.3,en;q=0.2", "de"),
        ("en;q=0", "de"),
        ("fr", "de"),
        ("en;q=much", "de"),
        ("*", "de"),
        (",".join(["fr"] * 20) + ",en", "de"),
    ],
)
async def test_accept_language_is_weighed(
    page: httpx.AsyncClient, accepted: str, language: str
) -> None:
    """The best known language wins; without one the household's own choice stands."""
    answer = await page.get("/", headers={"accept-language": accepted})

    assert answer.headers["content-language"] == language


async def test_the_switch_outweighs_the_browser(page: httpx.AsyncClient) -> None:
    """For this browser, on every page, and back to where it was pressed."""
    answer = await press(page, "/left", "/language", {"language": "en"})

    assert answer.headers["location"] == "/left"
    assert (await page.get("/choices")).headers["content-language"] == "en"


async def test_the_switch_leads_nowhere_else(page: httpx.AsyncClient) -> None:
    """No open redirect."""
    away = {"language": "en", "back": "//evil.example"}

    assert (await press(page, "/", "/language", away)).headers["location"] == "/"


async def test_a_forged_language_cookie_is_ignored(app: Starlette) -> None:
    """It is a wish, not a file name."""
    async with a_browser(app) as client:
        client.cookies.set("doorstep_language", "../../etc")
        assert (await client.get("/")).headers["content-language"] == "de"


async def test_every_form_field_has_a_label(page: httpx.AsyncClient) -> None:
    """Each visible field stands inside its label."""
    for path in ("/choices", "/appliances"):
        told = (await page.get(path)).text
        fields = re.findall(r'<(?:input (?!type="hidden")|select )', told)
        labelled = re.findall(r"<label[^>]*>[^<]*<(?:input|select) ", told)
        assert len(fields) == len(labelled) > 0


async def test_an_unknown_notice_says_nothing(page: httpx.AsyncClient) -> None:
    """A link cannot put words into our mouth."""
    told = (await page.get("/?done=<b>You have won</b>")).text

    assert "You have won" not in told
