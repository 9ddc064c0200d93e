"""A few needs get no offer, for comparison."""

from dataclasses import replace

from edge.domain.household import Preferences
from edge.domain.measures import NeedId
from edge.domain.need import Need
from edge.matching.permission_rules.held_out import held_out
from edge.matching.situation import Situation
from tests.builders import DAY, a_need
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation


def numbered(name: str) -> Need:
    """A need of that name."""
    return replace(a_need(), id=NeedId(name))


def comparing(name: str, *, days: int = 0) -> Situation:
    """A need of that name in a home that wants to compare."""
    wanting = Preferences(compare=True)
    return a_situation(need=numbered(name), preferences=wanting, now=NOON + days * DAY)


def test_about_one_need_in_ten_is_held_out() -> None:
    """Drawn for each need, by this home's dice."""
    held = sum(held_out(comparing(f"n-{n}")) for n in range(1_000))

    assert 70 <= held <= 130


def test_nothing_is_held_out_unless_asked_for() -> None:
    """Comparing is off until the household wants it."""
    assert not any(held_out(a_situation(need=numbered(f"n-{n}"))) for n in range(100))


def test_a_need_stays_what_it_was_drawn() -> None:
    """The day does not matter."""
    assert held_out(comparing("n-5", days=0)) == held_out(comparing("n-5", days=9))
