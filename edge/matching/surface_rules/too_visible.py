"""Nothing personal where visitors see it."""

from edge.domain.appliance import Surface
from edge.domain.category import CATEGORIES, Sensitivity
from edge.domain.etiquette import Visibility
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

SEEN_BY = (Visibility.PRIVATE, Visibility.HOUSEHOLD, Visibility.VISITORS)
"""From one person to everybody."""

MOST = {Sensitivity.INTIMATE: 0, Sensitivity.PERSONAL: 1, Sensitivity.ORDINARY: 2}
"""How far down `SEEN_BY` a category may be seen."""


@rule(sentence("too many people would see it there"), step=Step.OFFER)
def too_visible(offer: Offer, surface: Surface, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds when the surface is seen by more people than the category is for."""
    seen_by = surface.etiquette.visibility
    return SEEN_BY.index(seen_by) > MOST[CATEGORIES[offer.category].sensitivity]
