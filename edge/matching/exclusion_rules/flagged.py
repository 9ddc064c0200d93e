"""Not a campaign that was called inappropriate."""

from edge.domain.offer import Offer
from edge.domain.reaction import ReactionKind
from edge.matching.situation import Situation


def flagged(offer: Offer, situation: Situation) -> bool:
    """Holds for the whole campaign, as long as the history remembers it."""
    return any(
        one.campaign == offer.campaign and one.reaction is ReactionKind.INAPPROPRIATE
        for one in situation.history.impressions
    )
