"""Not a category the household switched off."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you have switched off this kind of product"), step=Step.OFFER)
def blocked_category(offer: Offer, situation: Situation) -> bool:
    """Holds for every offer of a switched-off category."""
    return offer.category in situation.preferences.blocked_categories
