"""'Not interested' is about the line item, for as long as the history goes back."""

from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.not_interested import not_interested
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression

SAID = an_impression(shown_at=NOON - 399 * DAY, reaction=ReactionKind.NOT_INTERESTED)


def test_it_holds_for_the_line_item() -> None:
    """Another creative of the same line item, a year later."""
    again = an_offer("lind-butter/week-48/bright")

    assert not_interested(again, a_situation(impressions=(SAID,)))


def test_another_line_item_may_come() -> None:
    """Next month's line item is a new question."""
    assert not not_interested(
        an_offer("lind-butter/week-52/calm"), a_situation(impressions=(SAID,))
    )
