"""No overbuying: not more than the home uses up in good time."""

from edge.domain.measures import Unit
from edge.domain.need import EvidenceFact
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

DAYS = 60
"""What keeps longer than groceries do is still not worth more of a kitchen's room."""

UNITS = {"kg": Unit.GRAM, "l": Unit.MILLILITRE, "piece": Unit.COUNT}
"""A detergent sold by weight says nothing about washes: then nothing can be compared."""

PACKAGES = 2
"""One now and one in reserve is no overbuying, however slowly it goes."""


@rule(sentence("it holds more than you use up in time"), step=Step.OFFER)
def more_than_is_used(offer: Offer, situation: Situation) -> bool:
    """Holds when it is more than two packages, and more than sixty days of use."""
    if UNITS[offer.unit_reference] is not situation.unit:
        return False
    content, used = offer.content, _used_a_day(situation)
    if content is None or content <= PACKAGES * (situation.package or 0.0):
        return False
    return used is None or content > DAYS * used


def _used_a_day(situation: Situation) -> float | None:
    """In the item's unit, as the need's evidence tells it; None when it does not."""
    facts = situation.need.need.evidence
    return next((one.amount for one in facts if one.fact is EvidenceFact.RATE), None)
