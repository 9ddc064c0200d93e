"""A cool-down after 'not now'."""

from datetime import timedelta

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import DISMISSALS
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

COOL_DOWN = timedelta(hours=48)
"""What Brave documents for dismissed ads (and ships as zero): two days are felt as 'not now'."""


@rule(
    sentence("you have said no to it in the last two days"),
    step=Step.OFFER,
    looks_at=CapScope.LINE_ITEM,
)
def dismissed_recently(offer: Offer, situation: Situation) -> bool:
    """Holds for the line item within 48 hours of showing it, if it was dismissed then."""
    return any(
        one.reaction in DISMISSALS and situation.now - one.shown_at < COOL_DOWN
        for one in situation.seen(CapScope.LINE_ITEM, offer)
    )
