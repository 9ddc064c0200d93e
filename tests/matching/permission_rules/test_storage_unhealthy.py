"""What cannot be remembered is not shown."""

from edge.matching.permission_rules.storage_unhealthy import storage_unhealthy
from tests.matching.situations import a_situation, some_facts


def test_it_holds_while_there_is_no_room() -> None:
    """The disk is full."""
    assert storage_unhealthy(a_situation(facts=some_facts(storage_healthy=False)))


def test_it_does_not_hold_otherwise() -> None:
    """There is room."""
    assert not storage_unhealthy(a_situation())
