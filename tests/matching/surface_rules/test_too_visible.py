"""Nothing personal where visitors see it."""

from dataclasses import replace

from edge.domain.appliance import Surface
from edge.domain.etiquette import Etiquette, Visibility
from edge.matching.surface_rules.too_visible import too_visible
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation

BOOK = an_offer("x/y/z", category="crime-novels")


def seen_by(visibility: Visibility) -> Surface:
    """A surface that so many people see."""
    return replace(a_surface(), etiquette=Etiquette(visibility=visibility))


def test_a_book_is_not_for_visitors() -> None:
    """A screen in the living room."""
    assert too_visible(BOOK, seen_by(Visibility.VISITORS), a_situation())


def test_a_book_is_for_those_who_live_here() -> None:
    """A screen in the kitchen."""
    assert not too_visible(BOOK, seen_by(Visibility.HOUSEHOLD), a_situation())


def test_butter_is_for_everybody() -> None:
    """It says nothing about a person."""
    assert not too_visible(an_offer(), seen_by(Visibility.VISITORS), a_situation())


def test_a_private_device_may_show_anything() -> None:
    """Held in one hand."""
    assert not too_visible(BOOK, seen_by(Visibility.PRIVATE), a_situation())
