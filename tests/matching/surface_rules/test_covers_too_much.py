"""An offer is a guest on the display."""

from dataclasses import replace

from edge.domain.etiquette import Etiquette
from edge.matching.surface_rules.covers_too_much import covers_too_much
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation


def test_a_third_is_enough() -> None:
    """Exactly a third."""
    third = replace(a_surface(), etiquette=Etiquette(area=1 / 3))

    assert not covers_too_much(an_offer(), third, a_situation())


def test_more_is_too_much() -> None:
    """A hundredth more."""
    more = replace(a_surface(), etiquette=Etiquette(area=1 / 3 + 0.01))

    assert covers_too_much(an_offer(), more, a_situation())
