"""Books on the e-reader, butter on the fridge door."""

from edge.domain.category import DataCategory
from edge.matching.surface_rules.kind_not_suited import kind_not_suited
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation


def test_it_holds_for_another_kind() -> None:
    """The lock screen is for books."""
    lock = a_surface("ereader.lock", suits=frozenset({DataCategory.BOOKS}))

    assert kind_not_suited(an_offer(), lock, a_situation())


def test_it_does_not_hold_for_its_own_kind() -> None:
    """The door is for groceries."""
    assert not kind_not_suited(an_offer(), a_surface(), a_situation())
