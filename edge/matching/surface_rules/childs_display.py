"""Nothing in a child's room, on a child's device."""

from edge.domain.appliance import Surface
from edge.domain.etiquette import Audience
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it is a display for children"), step=Step.OFFER)
def childs_display(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds for a surface that its manifest or the household gives to a child."""
    given = surface.etiquette.audience is Audience.CHILDREN
    return given or surface.device in situation.preferences.child_devices
