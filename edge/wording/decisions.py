"""Why this offer, why not the others, why nothing: a decision in a sentence and in full."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from edge.domain.item import Item
from edge.domain.need import Need
from edge.domain.placement import Decision, Placement, Silence, Step
from edge.wording.amounts import number, share
from edge.wording.categories import category_name, data_name
from edge.wording.events import tell_placement
from edge.wording.items import item_title, likely_gone
from edge.wording.reasons import why_not, why_silent
from edge.wording.voice import Voice, sentence

STEPS = {
    Step.KEEP: sentence("Reading"),
    Step.INFER: sentence("Looking ahead"),
    Step.NEED: sentence("Need"),
    Step.CONSENT: sentence("Your consent"),
    Step.PERMISSION: sentence("Right moment"),
    Step.CATALOGUE: sentence("Catalogue"),
    Step.OFFER: sentence("Offer"),
}
"""The stations of a decision, in the order of the flow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One station of a decision's way.

    Attributes:
        name: The station.
        told: What happened there.
        ended: Whether the way ended here, in silence.
    """

    name: str
    told: str
    ended: bool = False


def tell_decision(decision: Decision, item: Item | None, voice: Voice) -> str:
    """What came out, in a sentence; `item` is None when its appliance was forgotten."""
    name = item_title(item, voice) if item else category_name(decision.category, voice)
    if isinstance(decision.outcome, Placement):
        return f"{name}: {tell_placement(decision.outcome, voice)}"
    return f"{name}: {why_silent(decision.outcome.reason, voice)}"


def why_this_offer(
    decision: Decision, item: Item, need: Need | None, now: datetime, voice: Voice
) -> str:
    """Why this offer and not another, in plain words, from the decision itself."""
    title = item_title(item, voice)
    when = likely_gone(need.run_out, item, now, voice) if need else voice.say("needed soon")
    because = voice.say("The reason: {item}, {when}.", item=title, when=when)
    allowed = voice.say(
        "You have allowed offers of this kind: {data}.", data=data_name(item.data, voice)
    )
    return " ".join((because, allowed, *_choice(decision, voice)))


def stations(decision: Decision, voice: Voice) -> tuple[Station, ...]:
    """The whole way, station by station, up to where it ended."""
    return tuple(_stations(decision, voice))


def kept_out(decision: Decision, voice: Voice) -> list[str]:
    """How many offers each rule kept out, most first."""
    return [
        voice.many("{count} offer: {why}", "{count} offers: {why}", count, why=why_not(rule, voice))
        for rule, count in decision.excluded_by_rule.most_common()
    ]


def _choice(decision: Decision, voice: Voice) -> Iterator[str]:
    eligible = decision.eligible
    yield voice.many(
        "It was the only offer that fitted.",
        "{count} offers fitted; this one is best by need, saving and welcome.",
        eligible,
    )
    yield voice.say("Nobody outside your home knows of this choice.")


def _stations(decision: Decision, voice: Voice) -> Iterator[Station]:
    ended = decision.outcome if isinstance(decision.outcome, Silence) else None
    for step, name in STEPS.items():
        if ended and ended.step is step:
            told = why_silent(ended.reason, voice)
            yield Station(name=voice.say(name), told=told, ended=True)
            return
        passed = _passed(step, decision, voice)
        if passed:
            yield Station(name=voice.say(name), told=passed)


def _passed(step: Step, decision: Decision, voice: Voice) -> str:
    """What a station said when the way went on; empty where there is nothing to tell."""
    match step:
        case Step.NEED if decision.probability is not None:
            chance = share(decision.probability, voice)
            return voice.say("It will soon run out, with a chance of {chance}.", chance=chance)
        case Step.CONSENT:
            return voice.say("You have allowed offers for it.")
        case Step.PERMISSION:
            return voice.say("Nothing spoke against showing something now.")
        case Step.CATALOGUE:
            return _catalogue(decision, voice)
        case Step.OFFER if isinstance(decision.outcome, Placement):
            return tell_placement(decision.outcome, voice)
        case _:
            return ""


def _catalogue(decision: Decision, voice: Voice) -> str:
    excluded = decision.excluded_by_rule.total()
    others = sum(decision.other_categories.values())
    return voice.say(
        "{all} offers, signature verified. {others} of them are for things you do not need now, "
        "{excluded} were kept out, {eligible} fitted.",
        all=number(decision.eligible + excluded + others, voice),
        others=number(others, voice),
        excluded=number(excluded, voice),
        eligible=number(decision.eligible, voice),
    )
