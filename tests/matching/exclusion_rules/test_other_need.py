"""Only what answers the need."""

from edge.matching.exclusion_rules.other_need import other_need
from tests.builders import an_offer
from tests.matching.situations import (
    a_situation,
)


def test_it_holds_for_another_category() -> None:
    """Milk does not answer a need for butter."""
    assert other_need(an_offer(category="milk"), a_situation())


def test_it_does_not_hold_for_the_needs_own() -> None:
    """Butter does."""
    assert not other_need(an_offer(), a_situation())
