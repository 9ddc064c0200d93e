"""Days are named as finely as anyone can know them."""

from datetime import timedelta

import pytest

from edge.domain.stock import RunOut
from edge.wording.days import at_time, between_days, greeting, on_day, when_gone
from tests.builders import DAY, a_run_out
from tests.fakes.clock import NOON
from tests.texts import a_voice

GERMAN, ENGLISH = a_voice("de"), a_voice("en")
LOCAL_MIDNIGHT = NOON + timedelta(hours=11)
"""NOON is 13:00 in Berlin, a Monday."""
TICK = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "german"),
    [
        (-DAY, "gestern"),
        (timedelta(0), "heute"),
        (DAY, "morgen"),
        (2 * DAY, "am Mittwoch"),
        (6 * DAY, "am Sonntag"),
        (7 * DAY, "am 30. November"),
        (-2 * DAY, "am 21. November"),
    ],
)
def test_a_day_is_named_by_its_distance(after: timedelta, german: str) -> None:
    """Within six days a weekday says which; beyond, only a date does."""
    assert on_day(NOON + after, NOON, GERMAN) == german


def test_the_kitchen_clock_says_when_a_day_begins() -> None:
    """Local midnight, not midnight UTC, is where today ends."""
    assert on_day(LOCAL_MIDNIGHT - TICK, NOON, ENGLISH) == "today"
    assert on_day(LOCAL_MIDNIGHT, NOON, ENGLISH) == "tomorrow"


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (0, "heute", "today"),
        (3, "am Donnerstag", "on Thursday"),
        (7, "in etwa 7 Tagen", "in about 7 days"),
        (60, "in etwa 60 Tagen", "in about 60 days"),
        (61, "in mehr als zwei Monaten", "in more than two months"),
    ],
)
def test_running_out_is_told_ever_more_coarsely(days: int, german: str, english: str) -> None:
    """A weekday, then a number of days, then no number at all."""
    run_out = a_run_out(likely=NOON + days * DAY, spread=timedelta(0))

    assert when_gone(run_out, NOON, GERMAN) == german
    assert when_gone(run_out, NOON, ENGLISH) == english


def test_what_should_be_gone_already_is_gone_today() -> None:
    """Nobody reads that something will likely run out yesterday."""
    assert when_gone(a_run_out(likely=NOON - 3 * DAY), NOON, ENGLISH) == "today"


def test_uncertainty_is_told_by_its_first_and_last_day() -> None:
    """Two days, or one when they are the same."""
    assert between_days(a_run_out(), NOON, GERMAN) == "zwischen morgen und Donnerstag"
    sure = RunOut(earliest=NOON + DAY, likely=NOON + DAY, latest=NOON + DAY)
    assert between_days(sure, NOON, ENGLISH) == "tomorrow"


def test_something_that_happened_has_a_time() -> None:
    """On the kitchen clock."""
    assert at_time(NOON, NOON, GERMAN) == "heute, 13:00 Uhr"
    assert at_time(NOON, NOON, ENGLISH) == "today, 13:00"


@pytest.mark.parametrize(
    ("hours", "told"),
    [(-10, "Good evening."), (-9, "Good morning."), (-2, "Hello."), (4, "Good evening.")],
)
def test_the_greeting_follows_the_kitchen_clock(hours: int, told: str) -> None:
    """Morning from four, day from eleven, evening from five."""
    assert greeting(NOON + timedelta(hours=hours), ENGLISH) == told
