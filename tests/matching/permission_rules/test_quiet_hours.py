"""Quiet hours are half open and counted on the kitchen clock, also over midnight."""

from datetime import datetime, time

import pytest

from edge.domain.household import Preferences
from edge.matching.permission_rules.quiet_hours import quiet_hours
from tests.matching.situations import a_situation

OVER_MIDNIGHT = Preferences(quiet_from=time(21), quiet_until=time(7))
AT_LUNCH = Preferences(quiet_from=time(12), quiet_until=time(14))


def at(local: str) -> datetime:
    """That time in Berlin on a winter Monday."""
    return datetime.fromisoformat(f"2026-11-23T{local}+01:00")


@pytest.mark.parametrize(
    ("preferences", "local", "quiet"),
    [
        (OVER_MIDNIGHT, "20:59:59.999999", False),
        (OVER_MIDNIGHT, "21:00:00", True),
        (OVER_MIDNIGHT, "00:00:00", True),
        (OVER_MIDNIGHT, "06:59:59.999999", True),
        (OVER_MIDNIGHT, "07:00:00", False),
        (AT_LUNCH, "11:59:59.999999", False),
        (AT_LUNCH, "12:00:00", True),
        (AT_LUNCH, "13:59:59.999999", True),
        (AT_LUNCH, "14:00:00", False),
    ],
)
def test_it_holds_from_the_first_instant_to_before_the_last(
    preferences: Preferences,
    local: str,
    quiet: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Each boundary from both sides."""
    assert quiet_hours(a_situation(preferences=preferences, now=at(local))) is quiet


def test_summer_time_moves_with_the_kitchen_clock() -> None:
    """20:30 UTC is 22:30 in a Berlin July: quiet."""
    july = datetime.fromisoformat("2026-07-06T20:30:00+00:00")

    assert quiet_hours(a_situation(preferences=OVER_MIDNIGHT, now=july))


def test_equal_ends_mean_no_quiet_hours() -> None:
    """From seven to seven is no time at all."""
    never = Preferences(quiet_from=time(7), quiet_until=time(7))

    assert not quiet_hours(a_situation(preferences=never, now=at("07:00:00")))
