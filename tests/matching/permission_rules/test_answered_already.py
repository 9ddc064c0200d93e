"""A need that was answered rests."""

from edge.matching.permission_rules.answered_already import answered_already
from tests.matching.situations import a_situation, some_facts


def test_it_holds_once_answered() -> None:
    """Somebody saved an offer for it."""
    assert answered_already(a_situation(facts=some_facts(answered=True)))


def test_it_does_not_hold_before() -> None:
    """Nobody has answered."""
    assert not answered_already(a_situation())
