"""An offer has a value for the household."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it saves you nothing"), step=Step.OFFER)
def no_saving(offer: Offer, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds when the price is not below the one before."""
    return offer.saving <= 0
