"""The appliance that has the need comes first."""

from edge.matching.placement import fitting_surfaces
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation


def test_the_needs_own_appliance_comes_before_others() -> None:
    """Two doors fit; the butter is in the second fridge's neighbour."""
    elsewhere = a_surface("cellar.door", device="cellar-0001")
    at_home = a_surface("fridge.door")

    chosen = fitting_surfaces(an_offer(), a_situation(surfaces=(elsewhere, at_home)))

    assert chosen == [at_home, elsewhere]
