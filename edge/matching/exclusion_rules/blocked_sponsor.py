"""Not a sponsor the household switched off."""

from edge.domain.offer import Offer
from edge.matching.situation import Situation


def blocked_sponsor(offer: Offer, situation: Situation) -> bool:
    """Holds for every offer of a switched-off sponsor."""
    return offer.label.sponsor in situation.preferences.blocked_sponsors
