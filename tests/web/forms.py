"""Filling in forms the way a browser without JavaScript does: what stands in the page is sent."""

from collections.abc import Mapping
from html.parser import HTMLParser

import httpx


class _Forms(HTMLParser):
    """The hidden fields of each form, by the form's address and what else stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if tag == "input" and given.get("type") == "hidden" and self.forms:
            self.forms[-1][1][given["name"]] = given.get("value", "")


def form_in(page: str, action: str, about: Mapping[str, str]) -> dict[str, str]:
    """The hidden fields of the page's form with that address (and those hidden values)."""
    parser = _Forms()
    parser.feed(page)
    return next(
        fields
        for address, fields in parser.forms
        if address == action and about.items() <= fields.items()
    )


async def press(
    page: httpx.AsyncClient,
    path: str,
    action: str,
    given: Mapping[str, str] | None = None,
    *,
    about: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Open the page, fill in its form, send it; the answer is the redirect, unfollowed."""
    shown = await page.get(path)
    fields = form_in(shown.text, action, about or {})
    return await page.post(action, data=fields | dict(given or {}))


async def press_and_read(
    page: httpx.AsyncClient,
    path: str,
    action: str,
    given: Mapping[str, str] | None = None,
    *,
    about: Mapping[str, str] | None = None,
) -> str:
    """The same, and the page one is sent to."""
    answer = await press(page, path, action, given, about=about)
    assert answer.status_code == 303, answer.text
    return (await page.get(answer.headers["location"])).text
