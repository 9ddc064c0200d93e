"""A category the household switched off is never offered."""

from edge.domain.household import Preferences
from edge.matching.exclusion_rules.blocked_category import blocked_category
from tests.builders import an_offer
from tests.matching.situations import a_situation


def test_it_holds_for_the_switched_off_category() -> None:
    """Butter is off."""
    off = Preferences(blocked_categories=frozenset({"butter"}))

    assert blocked_category(an_offer(), a_situation(preferences=off))


def test_other_categories_stay_on() -> None:
    """Milk being off says nothing of butter."""
    off = Preferences(blocked_categories=frozenset({"milk"}))

    assert not blocked_category(an_offer(), a_situation(preferences=off))
