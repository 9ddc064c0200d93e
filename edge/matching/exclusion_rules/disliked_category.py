"""A category that is refused again and again rests."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.refusals import OFTEN_ENOUGH, REFUSALS, REST
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you have refused this kind of product several times"), step=Step.OFFER)
def disliked_category(offer: Offer, situation: Situation) -> bool:
    """Holds once three answers of offers of this category in ninety days refused it for good."""
    refused = sum(
        one.reaction in REFUSALS and situation.now - one.shown_at <= REST
        for one in situation.seen_of(offer.category)
    )
    return refused >= OFTEN_ENOUGH
