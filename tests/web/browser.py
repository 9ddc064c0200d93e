"""Debian's Chromium over the served page of a furnished home."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from edge.adapters.web.live import Live
from edge.adapters.web.serve import open_page
from tests.house import House
from tests.texts import compiled_texts
from tests.web.furnished import furnish

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
LOCALES = {"de": "de-DE", "en": "en-GB"}


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """A headless Chromium; skipped where there is none, unless this is the build server."""
    if not await asyncio.to_thread(CHROMIUM.exists):
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is needed: apt-get install chromium")
        pytest.skip("chromium is not installed: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def serve(house: House, *, live: Live | None = None) -> AsyncIterator[str]:
    """The page of this home, furnished; yields its address."""
    await furnish(house)
    async with open_page(
        house.home,
        texts=compiled_texts(),
        host="127.0.0.1",
        port=0,
        token="t" * 32,
        live=live or Live(),
    ) as address:
        yield address


@asynccontextmanager
async def look(
    browser: Browser,
    *,
    language: str = "de",
    dark: bool = False,
    size: tuple[int, int] = (390, 844),
    scripts: bool = True,
) -> AsyncIterator[Page]:
    """A window; whatever its console complains about fails the test."""
    context = await browser.new_context(
        locale=LOCALES[language],
        color_scheme="dark" if dark else "light",
        viewport={"width": size[0], "height": size[1]},
        java_script_enabled=scripts,
    )
    complaints: list[str] = []
    page = await context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
        assert complaints == []
    finally:
        await context.close()
