"""Not a sponsor the household switched off."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you have switched off this sponsor"), step=Step.OFFER)
def blocked_sponsor(offer: Offer, situation: Situation) -> bool:
    """Holds for every offer of a switched-off sponsor."""
    return offer.label.sponsor in situation.preferences.blocked_sponsors
