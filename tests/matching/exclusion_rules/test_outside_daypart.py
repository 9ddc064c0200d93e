"""Only at the times the offer asks for."""

from dataclasses import replace
from datetime import time, timedelta

from edge.domain.daypart import Daypart
from edge.matching.exclusion_rules.outside_daypart import outside_daypart
from tests.builders import an_offer
from tests.matching.situations import (
    MIDNIGHT,
    TICK,
    a_situation,
)

MONDAY = 0
EVENING = replace(
    an_offer(), dayparts=(Daypart(start=time(19), until=time(1), days=frozenset({MONDAY})),)
)
SEVEN = MIDNIGHT + timedelta(hours=19)
"""Monday evening in Berlin."""


def test_it_does_not_hold_from_its_start_on() -> None:
    """Exactly at seven."""
    assert not outside_daypart(EVENING, a_situation(now=SEVEN))


def test_it_holds_before_its_start() -> None:
    """One tick before seven."""
    assert outside_daypart(EVENING, a_situation(now=SEVEN - TICK))


def test_it_holds_from_its_end_on() -> None:
    """Exactly at one in the night."""
    assert outside_daypart(EVENING, a_situation(now=SEVEN + timedelta(hours=6)))


def test_an_evening_lasts_past_midnight() -> None:
    """One tick before one, on Tuesday."""
    assert not outside_daypart(EVENING, a_situation(now=SEVEN + timedelta(hours=6) - TICK))


def test_without_dayparts_any_time_is_right() -> None:
    """None is named."""
    assert not outside_daypart(an_offer(), a_situation())
