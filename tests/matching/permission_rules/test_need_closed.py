"""No need, no offer."""

from edge.matching.permission_rules.need_closed import need_closed
from tests.matching.situations import a_situation, some_facts


def test_it_holds_when_the_need_is_gone() -> None:
    """The refill closed it in the meantime."""
    assert need_closed(a_situation(facts=some_facts(open_=False)))


def test_it_does_not_hold_while_it_is_open() -> None:
    """The need stands."""
    assert not need_closed(a_situation())
