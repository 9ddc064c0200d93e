"""A sponsor that is refused again and again rests."""

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.refusals import OFTEN_ENOUGH, REFUSALS, REST
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(
    sentence("you have refused this sponsor several times"),
    step=Step.OFFER,
    looks_at=CapScope.SPONSOR,
)
def disliked_sponsor(offer: Offer, situation: Situation) -> bool:
    """Holds once three answers of offers of this sponsor in ninety days refused it for good."""
    refused = sum(
        one.reaction in REFUSALS and situation.now - one.shown_at <= REST
        for one in situation.seen(CapScope.SPONSOR, offer)
    )
    return refused >= OFTEN_ENOUGH
