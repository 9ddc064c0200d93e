"""The facts behind a need, one sentence each; a test finds the fact that has none."""

from collections.abc import Callable

from edge.domain.item import Item
from edge.domain.need import Evidence, EvidenceFact
from edge.wording.amounts import amount, number
from edge.wording.days import weekday
from edge.wording.items import daily_use
from edge.wording.voice import Voice


def tell_evidence(evidence: Evidence, item: Item, voice: Voice) -> str:
    """One fact, as one sentence."""
    return FACTS[evidence.fact](evidence.amount, item, voice)


def _left(value: float, item: Item, voice: Voice) -> str:
    return voice.say("What is left: about {left}.", left=amount(value, item, voice))


def _restock_weekday(value: float, _item: Item, voice: Voice) -> str:
    return voice.say("You usually restock on a {weekday}.", weekday=weekday(int(value), voice))


def _restock_every(value: float, _item: Item, voice: Voice) -> str:
    days = round(value)
    return voice.many("You restock about every day.", "You restock about every {count} days.", days)


def _pace_change(value: float, _item: Item, voice: Voice) -> str:
    if value > 1:
        return voice.say("Lately it goes faster than usual.")
    return voice.say("Lately it goes more slowly than usual.")


def _readings(value: float, _item: Item, voice: Voice) -> str:
    count = round(value)
    return voice.many(
        "This rests on {shown} reading.",
        "This rests on {shown} readings.",
        count,
        shown=number(count, voice),
    )


def _empty(_value: float, _item: Item, voice: Voice) -> str:
    return voice.say("Its place is empty.")


FACTS: dict[EvidenceFact, Callable[[float, Item, Voice], str]] = {
    EvidenceFact.LEFT: _left,
    EvidenceFact.RATE: daily_use,
    EvidenceFact.RESTOCK_WEEKDAY: _restock_weekday,
    EvidenceFact.RESTOCK_EVERY: _restock_every,
    EvidenceFact.PACE_CHANGE: _pace_change,
    EvidenceFact.READINGS: _readings,
    EvidenceFact.EMPTY: _empty,
}
