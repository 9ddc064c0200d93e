"""Nothing new at meals."""

from datetime import time, timedelta

from edge.domain.daypart import Daypart
from edge.domain.household import Preferences
from edge.matching.permission_rules.do_not_disturb import do_not_disturb
from tests.builders import DAY
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation

MONDAY = 0
LUNCH = Preferences(
    do_not_disturb=(Daypart(start=time(13), until=time(14), days=frozenset({MONDAY})),)
)
ONE = NOON
"""One o'clock in Berlin."""


def test_it_holds_from_the_first_instant_of_the_meal() -> None:
    """Lunch begins at one on the kitchen clock."""
    assert do_not_disturb(a_situation(preferences=LUNCH, now=ONE))


def test_it_does_not_hold_before_the_meal() -> None:
    """One tick before one."""
    assert not do_not_disturb(a_situation(preferences=LUNCH, now=ONE - TICK))


def test_it_ends_with_the_meal() -> None:
    """Exactly at two."""
    assert not do_not_disturb(a_situation(preferences=LUNCH, now=ONE + timedelta(hours=1)))


def test_it_does_not_hold_on_other_days() -> None:
    """Lunch is kept calm on Mondays only."""
    assert not do_not_disturb(a_situation(preferences=LUNCH, now=ONE + DAY))
