"""The whole home shares one cap a day."""

from edge.domain.household import Preferences
from edge.matching.permission_rules.household_daily_cap import household_daily_cap
from tests.matching.situations import MIDNIGHT, TICK, a_situation, an_impression

TWO = Preferences(most_per_day=2)


def test_it_holds_once_the_cap_is_reached() -> None:
    """Two shown today, two allowed."""
    shown = (an_impression(shown_at=MIDNIGHT), an_impression())

    assert household_daily_cap(a_situation(impressions=shown, preferences=TWO))


def test_below_the_cap_there_is_room() -> None:
    """One of the two was still yesterday."""
    shown = (an_impression(shown_at=MIDNIGHT - TICK), an_impression())

    assert not household_daily_cap(a_situation(impressions=shown, preferences=TWO))


def test_zero_a_day_means_none() -> None:
    """Zero offers is always allowed."""
    assert household_daily_cap(a_situation(preferences=Preferences(most_per_day=0)))
