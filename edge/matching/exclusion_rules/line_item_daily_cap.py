"""A line item at most as often a day as it asked for itself."""

from edge.domain.offer import Offer
from edge.matching.situation import Situation


def line_item_daily_cap(offer: Offer, situation: Situation) -> bool:
    """Holds once it was shown `per_day` times since local midnight."""
    shown = sum(one.line_item == offer.line_item for one in situation.today)
    return shown >= offer.per_day
