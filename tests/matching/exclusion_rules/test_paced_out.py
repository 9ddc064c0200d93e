"""A line item reaches only its share of homes a day."""

from dataclasses import replace
from datetime import timedelta

from edge.matching.dice import Dice
from edge.matching.exclusion_rules.paced_out import paced_out
from edge.matching.situation import Situation
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation

HALF = replace(an_offer(), pacing=0.5)


def at_home(number: int) -> Situation:
    """The same noon in the home of that number."""
    return a_situation(dice=Dice(key=f"home {number}".encode()))


def test_full_pacing_reaches_every_home() -> None:
    """The default."""
    assert not any(paced_out(an_offer(), at_home(n)) for n in range(50))


def test_half_pacing_reaches_about_half_of_the_homes() -> None:
    """Each home throws its own dice."""
    reached = sum(not paced_out(HALF, at_home(n)) for n in range(1_000))

    assert 440 <= reached <= 560


def test_a_home_is_reached_about_every_second_day() -> None:
    """The dice fall anew each day."""
    days = [a_situation(now=NOON + n * DAY) for n in range(200)]

    assert 70 <= sum(not paced_out(HALF, day) for day in days) <= 130


def test_all_day_the_answer_is_the_same() -> None:
    """Asking again does not help."""
    evening = NOON + timedelta(hours=10)

    assert paced_out(HALF, a_situation()) == paced_out(HALF, a_situation(now=evening))
