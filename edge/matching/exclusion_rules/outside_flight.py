"""Only within the offer's flight."""

from edge.domain.offer import Offer
from edge.matching.situation import Situation


def outside_flight(offer: Offer, situation: Situation) -> bool:
    """Holds before `flight_start`, and from `flight_end` on."""
    return not offer.flight_start <= situation.now < offer.flight_end
