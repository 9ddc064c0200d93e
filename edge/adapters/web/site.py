"""What every page needs, opened once; and who is visiting, found out once per request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from edge.adapters.web.door_sign import DoorSign
from edge.adapters.web.live import Live
from edge.adapters.web.security import Security, new_visitor
from edge.domain.consent import Grants, Purpose
from edge.domain.household import Preferences
from edge.household.home import Home
from edge.wording.voice import LANGUAGES, Voice

VISITOR_COOKIE = "doorstep_visitor"
LANGUAGE_COOKIE = "doorstep_language"
_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The page's own ports in one hand."""

    home: Home
    texts: Mapping[str, NullTranslations]
    templates: Environment
    security: Security
    live: Live
    door: DoorSign
    static: Mapping[str, str]
    """Each static file's address, by its name; the address changes with the content."""

    def voice(self, language: str, preferences: Preferences) -> Voice:
        """Speak that language on this home's clock."""
        return Voice(
            language=language,
            texts=self.texts[language],
            timezone=ZoneInfo(preferences.timezone),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request for a page.

    Attributes:
        grants: Those that stand now.
        now: The instant of the request, UTC.
        visitor: The browser's random name, from its cookie or newly drawn.
        objects: Whether the browser sends Global Privacy Control (`Sec-GPC: 1`).
    """

    site: Site
    request: Request
    voice: Voice
    preferences: Preferences
    grants: Grants
    now: datetime
    visitor: str
    objects: bool

    @property
    def home(self) -> Home:
        """The home that is visited."""
        return self.site.home


def site_of(request: Request) -> Site:
    """The site this request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)  # noqa: S101 -- narrows Starlette's untyped state
    return site


async def welcome(request: Request) -> Visit:
    """Find out who is asking, in which language, and when."""
    site = site_of(request)
    now = site.home.clock.now()
    preferences = await site.home.store.preferences()
    return Visit(
        site=site,
        request=request,
        voice=site.voice(_language(request, preferences), preferences),
        preferences=preferences,
        grants=await site.home.store.grants(now=now),
        now=now,
        visitor=request.cookies.get(VISITOR_COOKIE) or new_visitor(),
        objects=request.headers.get("sec-gpc") == "1",
    )


def show(visit: Visit, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """The page, in the visitor's language."""
    page = visit.site.templates.get_template(template).render(
        offers_on=visit.grants.allow_anywhere(Purpose.OFFER),
        objects=visit.objects,
        language=visit.voice.language,
        say=visit.voice.say,
        many=visit.voice.many,
        ours=lambda: _hidden_field(visit),
        static=visit.site.static,
        path=visit.request.url.path,
        languages=LANGUAGES,
        **values,
    )
    response = HTMLResponse(
        page,
        status_code=status,
        headers={"content-language": visit.voice.language, "vary": "cookie, accept-language"},
    )
    remember(response, VISITOR_COOKIE, visit.visitor)
    return response


def _hidden_field(visit: Visit) -> Markup:
    """What makes a form ours."""
    token = visit.site.security.form_token(visit.visitor)
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)


def _language(request: Request, preferences: Preferences) -> str:
    """This browser's own switch, else what it asks for, else the household's choice."""
    wanted = (request.cookies.get(LANGUAGE_COOKIE, ""), *_accepted(request))
    return next((tag for tag in wanted if tag in LANGUAGES), preferences.language)


def _accepted(request: Request) -> list[str]:
    """The languages of Accept-Language (RFC 9110), most wanted first, at most ten."""
    parts = request.headers.get("accept-language", "").split(",")[:10]
    weighted = [(part.partition(";")[0], _weight(part)) for part in parts]
    ordered = sorted(weighted, key=lambda pair: -pair[1])
    return [tag.strip().lower()[:2] for tag, weight in ordered if weight > 0]


def _weight(part: str) -> float:
    _, _, quality = part.partition("q=")
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


def remember(response: Response, cookie: str, value: str) -> None:
    """Keep a cookie for a year, for our own pages alone."""
    response.set_cookie(cookie, value, max_age=_YEAR_S, httponly=True, samesite="strict")
