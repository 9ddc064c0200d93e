"""Today: what runs low, the one offer and why, what left the home."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from edge.adapters.web.charts import PAST, Chart, draw
from edge.adapters.web.forms import go_to, read_form
from edge.adapters.web.notices import notice
from edge.adapters.web.site import Visit, show, welcome
from edge.domain.measures import PlacementId
from edge.domain.placement import Silence
from edge.domain.reaction import Reaction, ReactionKind
from edge.household.reacting import react
from edge.household.seeing import Today, Watched, levels, today
from edge.wording.amounts import money, unit_price
from edge.wording.days import greeting, on_day
from edge.wording.decisions import kept_out, why_this_offer
from edge.wording.egress import tell_summary
from edge.wording.evidence import tell_evidence
from edge.wording.items import (
    how_fast,
    how_sure,
    item_title,
    likely_gone,
    what_is_left,
)
from edge.wording.reactions import BUTTONS, reaction_name
from edge.wording.reasons import why_silent
from edge.wording.surfaces import surface_name

_DRAWN_WITHIN_DAYS = 7
"""A week, as people shop; what lasts longer is a line of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCard:
    """One item that runs low, or may soon.

    Attributes:
        open: Whether there is an open need.
        facts: The evidence, a sentence each.
    """

    title: str
    left: str
    when: str
    sure: str
    facts: tuple[str, ...]
    open: bool
    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCard:
    """The offer that is shown now, with its label and its reasons."""

    placement: str
    sponsor: str
    payer: str
    title: str
    body: str
    conditions: str
    price: str
    price_before: str
    unit_price: str
    until: str
    where: str
    why: str
    kept_out: tuple[str, ...]
    decision: str
    answers: tuple[tuple[str, str], ...]


async def show_today(request: Request) -> Response:
    """The first page."""
    visiting = await welcome(request)
    day = await today(visiting.home)
    drawn = [one for one in day.watched if _is_drawn(one, day)]
    return show(
        visiting,
        "today.html",
        notice=notice(visiting),
        greeting=greeting(day.now, visiting.voice),
        headline=_headline(day, visiting),
        cards=[await _stock_card(one, day, visiting) for one in drawn],
        plenty=[_plenty(one, day, visiting) for one in day.watched if one not in drawn],
        offer=_offer_card(day, visiting),
        silence=_silence(day, visiting),
        offers_allowed=day.offers_allowed,
        paused=day.preferences.paused_until is not None and day.now < day.preferences.paused_until,
        paired=bool(await visiting.home.store.appliances()),
        left=tell_summary(day.left, visiting.voice),
        facts=day.left.household_facts,
    )


async def answer_offer(request: Request) -> Response:
    """One of the eight answers."""
    visiting = await welcome(request)
    form = await read_form(visiting)
    kind = form.choice("kind", ReactionKind)
    answer = Reaction(placement=PlacementId(form.text("placement")), kind=kind, at=visiting.now)
    answered = await react(visiting.home, answer)
    return go_to("/", done=f"answered_{kind}" if answered else "answered_before")


def _headline(day: Today, visiting: Visit) -> str:
    """The day's one sentence: what will be gone first."""
    first = next((one for one in day.watched if one.need), None)
    if first is None or first.need is None:
        return ""
    when = likely_gone(first.need.run_out, first.item, day.now, visiting.voice)
    title = item_title(first.item, visiting.voice)
    return visiting.voice.say("{item}: {when}.", item=title, when=when)


def _is_drawn(one: Watched, day: Today) -> bool:
    if one.estimate is None:
        return False
    known = one.estimate.run_out
    soon = known is not None and (known.likely - day.now).days < _DRAWN_WITHIN_DAYS
    return one.need is not None or soon


async def _stock_card(one: Watched, day: Today, visiting: Visit) -> StockCard:
    estimate = one.estimate
    assert estimate is not None  # noqa: S101 -- a need or a run-out day rests on an estimate
    voice = visiting.voice
    facts = [tell_evidence(fact, one.item, voice) for fact in one.need.evidence] if one.need else []
    return StockCard(
        title=item_title(one.item, voice),
        left=what_is_left(estimate, one.item, voice),
        when=likely_gone(estimate.run_out, one.item, day.now, voice),
        sure=how_sure(estimate.run_out, day.now, voice) if estimate.run_out else "",
        facts=tuple(facts) or (how_fast(estimate, one.item, voice),),
        open=one.need is not None,
        chart=draw(
            one.item,
            estimate,
            await levels(visiting.home, one.item, since=day.now - PAST),
            now=day.now,
            voice=voice,
        ),
    )


def _plenty(one: Watched, day: Today, visiting: Visit) -> tuple[str, str, str]:
    """A line for what lasts longer, or for what nobody can say yet: title, amount, day."""
    voice, known = visiting.voice, one.estimate
    title = item_title(one.item, voice)
    if known is None:
        return title, voice.say("nothing can be said yet"), ""
    when = likely_gone(known.run_out, one.item, day.now, voice)
    return title, what_is_left(known, one.item, voice), when


def _offer_card(day: Today, visiting: Visit) -> OfferCard | None:
    if day.standing is None:
        return None
    voice, offer = visiting.voice, day.standing.offer
    words = offer.in_language(voice.language)
    return OfferCard(
        placement=day.standing.id,
        sponsor=offer.label.sponsor,
        payer=offer.label.payer,
        title=words.title,
        body=words.body,
        conditions=words.conditions,
        price=money(offer.price, voice),
        price_before=money(offer.price_before, voice) if offer.saving else "",
        unit_price=unit_price(offer, voice),
        until=on_day(offer.flight_end, day.now, voice),
        where=surface_name(day.standing.surface, voice),
        why=_why(day, visiting),
        kept_out=tuple(kept_out(day.decision, voice)) if day.decision else (),
        decision=day.decision.id if day.decision else "",
        answers=tuple((kind.value, reaction_name(kind, voice)) for kind in BUTTONS),
    )


def _why(day: Today, visiting: Visit) -> str:
    """From the decision behind the offer; empty when its item is no longer watched."""
    if day.standing is None or day.decision is None:
        return ""
    about = next((one for one in day.watched if one.item.id == day.standing.item), None)
    if about is None:
        return ""
    return why_this_offer(day.decision, about.item, about.need, day.now, visiting.voice)


def _silence(day: Today, visiting: Visit) -> str:
    """Why nothing is shown, from the newest decision; empty when something is."""
    if day.standing or day.latest is None or not isinstance(day.latest.outcome, Silence):
        return ""
    return why_silent(day.latest.outcome.reason, visiting.voice)
