"""Only at the times of day that the offer asks for."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is for another time of day"), step=Step.OFFER)
def outside_daypart(offer: Offer, situation: Situation) -> bool:
    """Holds when the offer names times and the kitchen clock is in none of them."""
    parts = offer.dayparts
    return bool(parts) and not any(part.covers(situation.local) for part in parts)
