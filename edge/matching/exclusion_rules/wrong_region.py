"""Only what can be redeemed where the home is."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is for another region"), step=Step.OFFER)
def wrong_region(offer: Offer, situation: Situation) -> bool:
    """Holds when the offer names regions and the home is in none of them."""
    return bool(offer.regions) and situation.region not in offer.regions
