"""The pause ends at its instant, not before."""

from edge.domain.household import Preferences
from edge.matching.permission_rules.paused import paused
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation


def test_it_holds_until_just_before_the_pause_ends() -> None:
    """One tick before its end the pause still holds."""
    assert paused(a_situation(preferences=Preferences(paused_until=NOON + TICK)))


def test_it_ends_at_its_instant() -> None:
    """At its end the pause is over."""
    assert not paused(a_situation(preferences=Preferences(paused_until=NOON)))


def test_without_a_pause_it_never_holds() -> None:
    """Nobody asked for a pause."""
    assert not paused(a_situation())
