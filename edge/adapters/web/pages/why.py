"""Why, why not: every decision in a sentence, and one in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from edge.adapters.web.site import Visit, show, welcome
from edge.domain.item import Item, ItemId
from edge.domain.measures import DecisionId
from edge.domain.placement import Decision, Placement
from edge.household.looking import watched_items
from edge.household.seeing import explain, newest_decisions
from edge.wording.days import at_time
from edge.wording.decisions import kept_out, stations, tell_decision
from edge.wording.traces import moment_in_full, offers_in_full, surfaces_in_full


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """One decision in the list.

    Attributes:
        shown: Whether an offer came of it.
    """

    id: str
    at: str
    told: str
    shown: bool


async def show_decisions(request: Request) -> Response:
    """The newest decisions, in a sentence each."""
    visiting = await welcome(request)
    items = await _items(visiting)
    return show(
        visiting,
        "why.html",
        decisions=[_line(one, items, visiting) for one in await newest_decisions(visiting.home)],
    )


async def show_decision(request: Request) -> Response:
    """One decision in full: each station, each offer and the rule that kept it out."""
    visiting = await welcome(request)
    decision = await explain(visiting.home, DecisionId(request.path_params["key"]))
    if decision is None:
        raise HTTPException(404)
    voice = visiting.voice
    return show(
        visiting,
        "decision.html",
        line=_line(decision, await _items(visiting), visiting),
        stations=stations(decision, voice),
        kept_out=kept_out(decision, voice),
        offers=offers_in_full(decision, voice),
        against=moment_in_full(decision, voice),
        surfaces=surfaces_in_full(decision, voice),
        catalogue=decision.catalogue,
    )


async def _items(visiting: Visit) -> Mapping[ItemId, Item]:
    return {item.id: item for item in await watched_items(visiting.home)}


def _line(decision: Decision, items: Mapping[ItemId, Item], visiting: Visit) -> DecisionLine:
    return DecisionLine(
        id=decision.id,
        at=at_time(decision.at, visiting.now, visiting.voice),
        told=tell_decision(decision, items.get(decision.item), visiting.voice),
        shown=isinstance(decision.outcome, Placement),
    )
