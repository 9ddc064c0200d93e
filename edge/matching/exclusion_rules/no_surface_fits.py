"""Only what some surface of this home can show."""

from edge.domain.offer import Offer
from edge.matching.placement import fitting_surfaces
from edge.matching.situation import Situation


def no_surface_fits(offer: Offer, situation: Situation) -> bool:
    """Holds when no surface suits the offer's kind, has room for its words and is switched on."""
    return not fitting_surfaces(offer, situation)
