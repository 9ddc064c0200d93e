"""Only within the offer's flight."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is not valid now"), step=Step.OFFER)
def outside_flight(offer: Offer, situation: Situation) -> bool:
    """Holds before `flight_start`, and from `flight_end` on."""
    return not offer.flight_start <= situation.now < offer.flight_end
