"""A month's rest from a campaign that was seen too often."""

from datetime import timedelta

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import ReactionKind
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

REST = timedelta(days=30)
"""A flight is a week or two: the campaign will most likely have changed by then."""


@rule(
    sentence("you have seen this campaign too often"), step=Step.OFFER, looks_at=CapScope.CAMPAIGN
)
def seen_too_often(offer: Offer, situation: Situation) -> bool:
    """Holds for the campaign until 30 days after somebody said so."""
    return any(
        one.reaction is ReactionKind.SEEN_TOO_OFTEN and situation.now - one.shown_at <= REST
        for one in situation.seen(CapScope.CAMPAIGN, offer)
    )
