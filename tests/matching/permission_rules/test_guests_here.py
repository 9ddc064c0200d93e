"""Nothing while somebody is visiting."""

from edge.domain.household import Preferences
from edge.matching.permission_rules.guests_here import guests_here
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation


def test_it_holds_to_the_last_instant_of_the_visit() -> None:
    """One tick before its end."""
    visit = Preferences(guests_until=NOON + TICK)

    assert guests_here(a_situation(preferences=visit))


def test_it_ends_with_the_visit() -> None:
    """Exactly at its end."""
    visit = Preferences(guests_until=NOON)

    assert not guests_here(a_situation(preferences=visit))
