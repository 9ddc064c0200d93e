"""A cool-down after 'not now'."""

from datetime import timedelta

from edge.domain.offer import Offer
from edge.domain.reaction import DISMISSALS
from edge.matching.situation import Situation

COOL_DOWN = timedelta(hours=48)
"""What Brave documents for dismissed ads (and ships as zero): two days are felt as 'not now'."""


def dismissed_recently(offer: Offer, situation: Situation) -> bool:
    """Holds for the line item within 48 hours of showing it, if it was dismissed then."""
    return any(
        one.line_item == offer.line_item and one.reaction in DISMISSALS
        for one in situation.history.impressions
        if situation.now - one.shown_at < COOL_DOWN
    )
