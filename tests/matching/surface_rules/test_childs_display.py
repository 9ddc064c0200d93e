"""Nothing in a child's room."""

from dataclasses import replace

from edge.domain.etiquette import Audience, Etiquette
from edge.domain.household import Preferences
from edge.matching.surface_rules.childs_display import childs_display
from tests.builders import FRIDGE, a_surface, an_offer
from tests.matching.situations import a_situation


def test_it_holds_for_a_surface_for_children() -> None:
    """Its manifest says so."""
    theirs = replace(a_surface(), etiquette=Etiquette(audience=Audience.CHILDREN))

    assert childs_display(an_offer(), theirs, a_situation())


def test_it_holds_for_a_childs_device() -> None:
    """The household says so."""
    given = Preferences(child_devices=frozenset({FRIDGE}))

    assert childs_display(an_offer(), a_surface(), a_situation(preferences=given))


def test_it_does_not_hold_for_everybodys() -> None:
    """The fridge door."""
    assert not childs_display(an_offer(), a_surface(), a_situation())
