"""An offer never interrupts."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("somebody is using the appliance"), step=Step.OFFER)
def in_use(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds while the appliance is used, unless its surface cannot interrupt anybody."""
    return surface.device in situation.in_use and not surface.etiquette.interrupts
