"""Not a category the household switched off."""

from edge.domain.offer import Offer
from edge.matching.situation import Situation


def blocked_category(offer: Offer, situation: Situation) -> bool:
    """Holds for every offer of a switched-off category."""
    return offer.category in situation.preferences.blocked_categories
