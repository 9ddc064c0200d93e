"""Books on the e-reader, butter on the fridge door."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("such products do not belong there"), step=Step.OFFER)
def kind_not_suited(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds when the surface does not suit the offer's kind of data."""
    return offer.data not in surface.suits
