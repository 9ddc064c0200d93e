"""Only where the household wants to see something."""

from edge.domain.household import Preferences
from edge.matching.surface_rules.switched_off import switched_off
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation


def test_it_holds_for_a_switched_off_surface() -> None:
    """Nothing on the fridge door, please."""
    off = Preferences(blocked_surfaces=frozenset({"fridge.door"}))

    assert switched_off(an_offer(), a_surface(), a_situation(preferences=off))


def test_others_stay_on() -> None:
    """The e-reader is off, the door is not."""
    off = Preferences(blocked_surfaces=frozenset({"ereader.lock"}))

    assert not switched_off(an_offer(), a_surface(), a_situation(preferences=off))
