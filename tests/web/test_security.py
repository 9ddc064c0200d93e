"""Nobody gets in where they do not belong: other names, other origins, no token, too much."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from edge.adapters.web.security import BODY_MOST, SECURE_HEADERS, Security
from tests.house import House
from tests.web.conftest import HOST, TOKEN, a_browser
from tests.web.forms import form_in

OWN = f"http://{HOST}"
PAGES = ("/", "/why", "/choices", "/left", "/appliances")
FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:8480",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1:8480.evil.example",
    "",
)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
async def test_only_our_own_name_is_answered(page: httpx.AsyncClient, host: str) -> None:
    """DNS rebinding ends here: a name that points at us does not open us."""
    for path in ("/", "/api/v1/today", "/static/none.css"):
        assert (await page.get(path, headers={"host": host})).status_code == 400


async def test_two_names_at_once_are_no_name(app: Starlette) -> None:
    """A request with two Host headers is refused, whichever of them is ours."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        both = [("host", HOST), ("host", "evil.example")]
        assert (await client.get(f"{OWN}/", headers=both)).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1"},
        {"origin": f"https://{HOST}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_foreign_page_changes_nothing(
    page: httpx.AsyncClient, house: House, headers: dict[str, str]
) -> None:
    """Not even with a valid form and a valid token."""
    fields = form_in((await page.get("/")).text, "/choices/offers-off", {})
    answer = await page.post("/choices/offers-off", data=fields, headers=headers)
    program = {"authorization": f"Bearer {TOKEN}"} | headers
    asked = await page.post("/api/v1/consent/offers-off", headers=program)

    assert (answer.status_code, asked.status_code) == (403, 403)
    assert house.surfaces.shown


async def test_our_own_page_may(page: httpx.AsyncClient) -> None:
    """The control for the tests above: the same form from our own origin."""
    fields = form_in((await page.get("/")).text, "/choices/offers-off", {})
    own = {"origin": OWN, "sec-fetch-site": "same-origin"}

    assert (await page.post("/choices/offers-off", data=fields, headers=own)).status_code == 303


def addresses_that_change(app: Starlette) -> list[str]:
    """Every address of a page that takes a form."""
    return [
        route.path
        for route in app.routes
        if isinstance(route, Route) and route.methods and "POST" in route.methods
    ]


async def test_every_form_needs_its_token(
    page: httpx.AsyncClient, house: House, app: Starlette
) -> None:
    """Without it, with another visitor's, or with rubbish: refused, and nothing changed."""
    async with a_browser(app) as somebody:
        foreign = form_in((await somebody.get("/")).text, "/choices/offers-off", {})["csrf"]
    await page.get("/")
    assert len(addresses_that_change(app)) == 11
    for path in addresses_that_change(app):
        for token in (None, "", "x" * 64, "é", foreign):
            fields = {"sure": "yes", "answer": "refuse"} | ({"csrf": token} if token else {})
            assert (await page.post(path, data=fields)).status_code == 403, (path, token)

    assert house.surfaces.shown
    assert await house.store.appliances()


async def test_a_form_without_its_cookie_is_refused(
    page: httpx.AsyncClient, app: Starlette
) -> None:
    """A token alone opens nothing."""
    fields = form_in((await page.get("/")).text, "/choices/offers-off", {})
    async with a_browser(app) as somebody:
        assert (await somebody.post("/choices/offers-off", data=fields)).status_code == 403


async def test_cookies_are_ours_alone(page: httpx.AsyncClient) -> None:
    """No script reads them, no other site sends them."""
    cookie = (await page.get("/")).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("path", [*PAGES, "/none", "/api/v1/today", "/answer", "/take-along"])
async def test_every_answer_is_locked_down(page: httpx.AsyncClient, path: str) -> None:
    """Pages, errors and refusals alike: nothing loads but what we serve, nothing is kept."""
    headers = (await page.get(path)).headers

    assert SECURE_HEADERS.items() <= {k: headers[k] for k in SECURE_HEADERS}.items()


async def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(
    page: httpx.AsyncClient,
) -> None:
    """No address with a host, no inline script or style: the policy needs no exception."""
    for path in PAGES:
        told = (await page.get(path)).text
        for forbidden in (
            "http://",
            "https://",
            'src="//',
            "<style",
            " style=",
            " onclick=",
            "<script>",
        ):
            assert forbidden not in told, (path, forbidden)


@pytest.mark.parametrize(("size", "status"), [(BODY_MOST, 403), (BODY_MOST + 1, 413)])
async def test_a_body_has_a_limit(page: httpx.AsyncClient, size: int, status: int) -> None:
    """At the limit it is read (and lacks its token), one byte more is not."""
    body = b"a=" + b"x" * (size - 2)
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert (await page.post("/answer", content=body, headers=form)).status_code == status


async def test_a_body_that_does_not_say_its_length_has_the_same_limit(
    page: httpx.AsyncClient,
) -> None:
    """Streams are counted as they come."""

    async def endless() -> object:
        for _ in range(70):
            yield b"x" * 1024

    answer = await page.post("/answer", content=endless())  # type: ignore[arg-type]  # a generator

    assert answer.status_code == 413


async def test_too_many_fields_are_refused(page: httpx.AsyncClient) -> None:
    """Many tiny fields cost more than their bytes."""
    await page.get("/")
    fields = "&".join(f"f{number}=1" for number in range(201))
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert (await page.post("/answer", content=fields, headers=form)).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
async def test_a_page_knows_two_methods(page: httpx.AsyncClient, method: str) -> None:
    """Everything else is refused by name."""
    assert (await page.request(method, "/")).status_code == 405


async def test_reading_changes_nothing(page: httpx.AsyncClient, app: Starlette) -> None:
    """No address that acts can be reached with GET."""
    for path in addresses_that_change(app):
        assert (await page.get(path)).status_code == 405


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"],
)
async def test_programs_need_the_token(
    page: httpx.AsyncClient, app: Starlette, authorization: str | None
) -> None:
    """For every address of the interface, known or not; a browser's cookie is none."""
    await page.get("/")
    headers = {"authorization": authorization.encode()} if authorization is not None else {}
    api = next(route for route in app.routes if isinstance(route, Mount))
    paths = [f"/api/v1{route.path}" for route in api.routes if isinstance(route, Route)]
    assert len(paths) > 20
    for path in [*paths, "/api/v1/none"]:
        answer = await page.get(path, headers=headers)  # type: ignore[arg-type]  # raw bytes
        assert answer.status_code == 401


async def test_a_token_is_compared_whole() -> None:
    """Neither a prefix nor an empty visitor passes."""
    security = Security(hosts=frozenset({HOST}), token=TOKEN)

    assert security.is_token(TOKEN)
    assert not security.is_token(TOKEN[:-1])
    assert security.is_form_token(security.form_token("ada"), "ada")
    assert not security.is_form_token(security.form_token(""), "")
    assert not security.is_form_token(security.form_token("ada"), "eve")


async def test_no_address_carries_a_household_value(page: httpx.AsyncClient) -> None:
    """Links and form addresses hold ids and names of pages, never an amount or a title."""
    for path in PAGES:
        told = (await page.get(path)).text
        addresses = [part.partition('"')[0] for part in told.split('href="')[1:]]
        addresses += [part.partition('"')[0] for part in told.split('action="')[1:]]
        for address in addresses:
            assert not any(value in address.lower() for value in ("butter", "milch", "lind"))
