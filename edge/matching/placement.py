"""Which surface: where nothing speaks against it, and where offers were welcome at this time."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import SurfaceVerdict
from edge.matching.rule import holding
from edge.matching.situation import Situation
from edge.matching.surface_rules import SURFACE_RULES
from edge.matching.welcome import surface_welcome

AT_HOME = 0.1
"""The appliance that has the need is where people think of it: worth a tenth of welcome."""


def fits_somewhere(offer: Offer, situation: Situation) -> bool:
    """Whether any surface can show the offer; as cheap as possible, it is asked for every offer."""
    return any(_fits(offer, surface, situation) for surface in situation.surfaces)


def fitting_surfaces(offer: Offer, situation: Situation) -> list[Surface]:
    """Where the offer may stand, best first; equals in the order of their names."""
    fitting = [
        one for one in situation.surfaces if not holding(SURFACE_RULES, offer, one, situation)
    ]
    return sorted(fitting, key=lambda one: (-_worth(one, situation), one.name, one.device))


def judge_surfaces(offer: Offer, situation: Situation) -> tuple[SurfaceVerdict, ...]:
    """What every rule says about every surface."""
    return tuple(
        SurfaceVerdict(
            surface=surface.name,
            device=surface.device,
            against=holding(SURFACE_RULES, offer, surface, situation),
            welcome=surface_welcome(surface, situation),
        )
        for surface in situation.surfaces
    )


def _fits(offer: Offer, surface: Surface, situation: Situation) -> bool:
    return not any(rule.holds(offer, surface, situation) for rule in SURFACE_RULES)


def _worth(surface: Surface, situation: Situation) -> float:
    at_home = surface.device == situation.need.need.item.device
    return surface_welcome(surface, situation) + (AT_HOME if at_home else 0.0)
