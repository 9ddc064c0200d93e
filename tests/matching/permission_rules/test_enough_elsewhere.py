"""No overbuying."""

from edge.matching.permission_rules.enough_elsewhere import enough_elsewhere
from tests.matching.situations import a_situation, some_facts


def test_it_holds_while_another_place_has_enough() -> None:
    """There is butter in the cellar."""
    assert enough_elsewhere(a_situation(facts=some_facts(enough_elsewhere=True)))


def test_it_does_not_hold_otherwise() -> None:
    """There is butter nowhere else."""
    assert not enough_elsewhere(a_situation())
