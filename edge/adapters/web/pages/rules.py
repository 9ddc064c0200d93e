"""The household's own rules: when, how often, what and who not; and how long a pause lasts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from starlette.requests import Request
from starlette.responses import Response

from edge.adapters.web.forms import Form, go_to, read_form
from edge.adapters.web.site import LANGUAGE_COOKIE, Visit, remember, welcome
from edge.domain.appliance import Appliance
from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.household import Preferences
from edge.errors import MalformedError, UntrustedCatalogueError
from edge.household.choosing import FOR_GOOD, Break, choose, take_a_break
from edge.wording.categories import category_name, data_name
from edge.wording.days import at_time, wall_time
from edge.wording.surfaces import surface_name
from edge.wording.voice import LANGUAGES

MOST_PER_DAY = 10
"""More than ten offers a day is not a choice, it is a mistake."""
_SPONSORS_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box to tick."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """The rules in force, as their forms show them.

    Attributes:
        pause: Until when offers are paused, in words; empty when they are not.
        categories: The boxes of each kind of data.
    """

    quiet_from: str
    quiet_until: str
    most_per_day: int
    most: int
    pause: str
    language: str
    categories: tuple[tuple[str, tuple[Box, ...]], ...]
    sponsors: tuple[Box, ...]
    surfaces: tuple[Box, ...]


async def rules_view(visiting: Visit, appliances: Sequence[Appliance]) -> RulesView:
    """The rules in force."""
    rules = visiting.preferences
    return RulesView(
        quiet_from=wall_time(rules.quiet_from),
        quiet_until=wall_time(rules.quiet_until),
        most_per_day=rules.most_per_day,
        most=MOST_PER_DAY,
        pause=_pause(visiting),
        language=rules.language,
        categories=tuple(
            (data_name(data, visiting.voice), _categories(data, visiting)) for data in DataCategory
        ),
        sponsors=await _sponsors(visiting),
        surfaces=tuple(
            Box(
                value=surface.name,
                label=surface_name(surface.name, visiting.voice),
                ticked=surface.name in rules.blocked_surfaces,
            )
            for appliance in appliances
            for surface in appliance.surfaces
        ),
    )


async def save_times(request: Request) -> Response:
    """Quiet hours, the most per day, and the language of the displays."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    rules = replace(
        visiting.preferences,
        quiet_from=_time(form, "quiet_from"),
        quiet_until=_time(form, "quiet_until"),
        most_per_day=_most(form),
        language=_language(form),
    )
    await choose(visiting.home, rules)
    return go_to("/choices", done="saved")


async def save_blocks(request: Request) -> Response:
    """What and who is never shown, and where nothing is."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    await choose(visiting.home, _blocked(visiting.preferences, form))
    return go_to("/choices", done="saved")


async def pause_offers(request: Request) -> Response:
    """An hour, until tomorrow, for good, or over."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    length = form.choice("length", Break)
    await take_a_break(visiting.home, length)
    return go_to("/choices", done="resumed" if length is Break.OVER else "paused")


async def switch_language(request: Request) -> Response:
    """The language of this browser's pages; the displays keep the household's."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    response = go_to(_known_page(form.text("back")))
    remember(response, LANGUAGE_COOKIE, _language(form))
    return response


def _pause(visiting: Visit) -> str:
    until = visiting.preferences.paused_until
    if until is None or visiting.now >= until:
        return ""
    if until == FOR_GOOD:
        return visiting.voice.say("until you end it")
    return visiting.voice.say(
        "until {instant}", instant=at_time(until, visiting.now, visiting.voice)
    )


def _categories(data: DataCategory, visiting: Visit) -> tuple[Box, ...]:
    return tuple(
        Box(
            value=category.name,
            label=category_name(category.name, visiting.voice),
            ticked=category.name in visiting.preferences.blocked_categories,
        )
        for category in CATEGORIES.values()
        if category.data is data
    )


async def _sponsors(visiting: Visit) -> tuple[Box, ...]:
    """Those of the catalogue in the house, and those already switched off."""
    blocked = visiting.preferences.blocked_sponsors
    return tuple(
        Box(value=name, label=name, ticked=name in blocked)
        for name in sorted(blocked | await _sponsors_in_the_house(visiting), key=str.casefold)
    )[:_SPONSORS_MOST]


async def _sponsors_in_the_house(visiting: Visit) -> frozenset[str]:
    try:
        catalogue = await visiting.home.shelf.newest(now=visiting.now)
    except UntrustedCatalogueError:
        return frozenset()
    offers = catalogue.offers.values() if catalogue else ()
    return frozenset(offer.label.sponsor for of_category in offers for offer in of_category)


def _blocked(rules: Preferences, form: Form) -> Preferences:
    """Only what we asked for can come back ticked."""
    categories = form.texts("category") & {str(name) for name in CATEGORIES}
    sponsors = frozenset(name for name in form.texts("sponsor") if len(name) <= _SPONSORS_MOST)
    return replace(
        rules,
        blocked_categories=frozenset(CategoryName(name) for name in categories),
        blocked_sponsors=sponsors,
        blocked_surfaces=frozenset(sorted(form.texts("surface"))[:_SPONSORS_MOST]),
    )


def _time(form: Form, name: str) -> time:
    try:
        return time.fromisoformat(form.text(name)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise MalformedError(name, "must be a time of day, HH:MM") from error


def _most(form: Form) -> int:
    text = form.text("most_per_day")
    if not (text.isdecimal() and len(text) <= 2 and int(text) <= MOST_PER_DAY):  # noqa: PLR2004 -- two digits hold MOST_PER_DAY
        raise MalformedError("most_per_day", f"must be from 0 to {MOST_PER_DAY}")
    return int(text)


def _language(form: Form) -> str:
    if form.text("language") not in LANGUAGES:
        raise MalformedError("language", f"must be one of {', '.join(LANGUAGES)}")
    return form.text("language")


def _known_page(path: str) -> str:
    """Back to where the switch was pressed, if that is a page of ours."""
    return path if path in {"/", "/why", "/choices", "/left", "/appliances"} else "/"
