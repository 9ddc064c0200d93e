"""Patience is a budget."""

from edge.domain.household import Preferences
from edge.domain.reaction import Impression, ReactionKind
from edge.matching.permission_rules.annoyance_budget_spent import annoyance_budget_spent
from tests.builders import DAY
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression


def refusals(count: int) -> tuple[Impression, ...]:
    """So many days in a row somebody said 'not now'."""
    return tuple(
        an_impression(shown_at=NOON - n * DAY, reaction=ReactionKind.NOT_NOW)
        for n in range(count, 0, -1)
    )


def test_it_holds_when_the_budget_is_spent() -> None:
    """Five plain refusals in a row."""
    assert annoyance_budget_spent(a_situation(impressions=refusals(5)))


def test_it_does_not_hold_while_some_is_left() -> None:
    """Four of them."""
    assert not annoyance_budget_spent(a_situation(impressions=refusals(4)))


def test_a_welcome_refills_it() -> None:
    """Then somebody found one helpful."""
    kind = an_impression(reaction=ReactionKind.HELPFUL)

    assert not annoyance_budget_spent(a_situation(impressions=(*refusals(5), kind)))


def test_time_refills_nothing() -> None:
    """All of it was a year ago."""
    long_ago = tuple(
        an_impression(shown_at=NOON - n * DAY, reaction=ReactionKind.NOT_NOW)
        for n in range(365, 360, -1)
    )

    assert annoyance_budget_spent(a_situation(impressions=long_ago))


def test_the_household_can_forgive() -> None:
    """It asked for a fresh start today."""
    forgiven = Preferences(fresh_start_at=NOON)

    assert not annoyance_budget_spent(a_situation(impressions=refusals(5), preferences=forgiven))
