"""An offer is a guest on the display, not its content."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

LARGEST = 1 / 3
"""The larger part stays with what the appliance is for."""


@rule(sentence("it would cover too much of the display"), step=Step.OFFER)
def covers_too_much(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds when the surface would give an offer more than a third of the display."""
    return surface.etiquette.area > LARGEST
