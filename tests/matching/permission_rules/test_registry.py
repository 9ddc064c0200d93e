"""The first rule that holds gives the reason."""

from edge.domain.household import Preferences
from edge.matching.permission_rules import refusing_rule
from tests.builders import a_placement
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation


def test_a_calm_noon_permits() -> None:
    """No rule holds."""
    assert refusing_rule(a_situation()) is None


def test_the_households_own_word_comes_first() -> None:
    """Paused, while something stands: the pause is the reason people would give."""
    paused = Preferences(paused_until=NOON + TICK)

    assert refusing_rule(a_situation(standing=a_placement(), preferences=paused)) == "paused"
