"""A month's rest from a campaign that was seen too often."""

from datetime import timedelta

from edge.domain.offer import Offer
from edge.domain.reaction import ReactionKind
from edge.matching.situation import Situation

REST = timedelta(days=30)
"""A flight is a week or two: the campaign will most likely have changed by then."""


def seen_too_often(offer: Offer, situation: Situation) -> bool:
    """Holds for the campaign until 30 days after somebody said so."""
    return any(
        one.campaign == offer.campaign and one.reaction is ReactionKind.SEEN_TOO_OFTEN
        for one in situation.history.since(situation.now - REST)
    )
