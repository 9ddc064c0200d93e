"""Not what somebody said they are not interested in."""

from edge.domain.offer import Offer
from edge.domain.reaction import ReactionKind
from edge.matching.situation import Situation


def not_interested(offer: Offer, situation: Situation) -> bool:
    """Holds for the whole line item, as long as the history remembers it."""
    return any(
        one.line_item == offer.line_item and one.reaction is ReactionKind.NOT_INTERESTED
        for one in situation.history.impressions
    )
