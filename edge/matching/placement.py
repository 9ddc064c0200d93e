"""Which surface: books on the e-reader, butter on the fridge door."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.matching.situation import Situation


def fitting_surfaces(offer: Offer, situation: Situation) -> list[Surface]:
    """Where the offer may stand, best first: the appliance that has the need comes first."""
    fitting = [surface for surface in situation.surfaces if _fits(offer, surface, situation)]
    at_home = situation.need.need.item.device
    return sorted(fitting, key=lambda surface: (surface.device != at_home, surface.name))


def _fits(offer: Offer, surface: Surface, situation: Situation) -> bool:
    words = offer.in_language(situation.preferences.language)
    return (
        offer.data in surface.suits
        and surface.name not in situation.preferences.blocked_surfaces
        and len(words.title) <= surface.title_chars
        and len(words.body) <= surface.body_chars
    )
