"""Only where the household wants to see something."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you have switched off this display"), step=Step.OFFER)
def switched_off(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds for a surface that the household switched off."""
    return surface.name in situation.preferences.blocked_surfaces
