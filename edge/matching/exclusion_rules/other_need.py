"""Only what answers the need."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is for something else"), step=Step.OFFER)
def other_need(offer: Offer, situation: Situation) -> bool:
    """Holds for every offer of another category than the need's."""
    return offer.category != situation.need.need.category
