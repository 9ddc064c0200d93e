"""One household, one placement at a time."""

from edge.matching.permission_rules.another_offer_is_shown import another_offer_is_shown
from tests.builders import a_placement
from tests.matching.situations import a_situation


def test_it_holds_while_a_placement_stands() -> None:
    """Something is on a surface."""
    assert another_offer_is_shown(a_situation(standing=a_placement()))


def test_it_does_not_hold_when_every_surface_is_free() -> None:
    """Nothing is on a surface."""
    assert not another_offer_is_shown(a_situation())
