"""The whole home sees at most so many offers in seven days."""

from edge.domain.household import Preferences
from edge.matching.permission_rules.household_weekly_cap import household_weekly_cap
from tests.builders import DAY
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression


def test_it_holds_once_the_week_is_full() -> None:
    """Seven days ago to the tick."""
    once = Preferences(most_per_week=1)
    seen = an_impression(shown_at=NOON - 7 * DAY)

    assert household_weekly_cap(a_situation(preferences=once, impressions=(seen,)))


def test_older_ones_do_not_count() -> None:
    """One tick more than seven days ago."""
    once = Preferences(most_per_week=1)
    seen = an_impression(shown_at=NOON - 7 * DAY - TICK)

    assert not household_weekly_cap(a_situation(preferences=once, impressions=(seen,)))
