"""A stale need is worked out anew first."""

from edge.matching.permission_rules.need_stale import need_stale
from tests.builders import a_need
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation


def test_it_holds_from_its_end_on() -> None:
    """Exactly at the end."""
    need = a_need(valid_until=NOON)

    assert need_stale(a_situation(need=need))


def test_one_tick_before_it_is_fresh() -> None:
    """The last instant."""
    need = a_need(valid_until=NOON + TICK)

    assert not need_stale(a_situation(need=need))
