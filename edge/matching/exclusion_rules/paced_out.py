"""A line item reaches only the share of homes a day that it asks for."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is not its turn in your home today"), step=Step.OFFER)
def paced_out(offer: Offer, situation: Situation) -> bool:
    """Holds for the homes whose throw of the day is not below the pacing."""
    if offer.pacing >= 1.0:
        return False
    thrown = situation.dice.throw("pacing", offer.id, day=situation.local.date())
    return thrown >= offer.pacing
