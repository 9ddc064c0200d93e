"""E-ink has a budget of changes a day."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

CHANGES = 2
"""An offer comes and goes."""


@rule(sentence("the display has changed often enough today"), step=Step.OFFER)
def refreshes_used_up(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds once it has changed for offers as often today as its manifest allows."""
    budget = surface.etiquette.refreshes_per_day
    place = (surface.device, surface.name)
    shown = sum((one.device, one.surface) == place for one in situation.today)
    return budget is not None and CHANGES * (shown + 1) > budget
