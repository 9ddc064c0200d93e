"""Only from a valid catalogue."""

from edge.matching.permission_rules.no_valid_catalogue import no_valid_catalogue
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, some_facts


def test_it_holds_without_a_catalogue() -> None:
    """Nothing was ever pulled."""
    assert no_valid_catalogue(a_situation(facts=some_facts(catalogue_until=None)))


def test_it_holds_from_its_expiry_on() -> None:
    """Exactly at its end."""
    assert no_valid_catalogue(a_situation(facts=some_facts(catalogue_until=NOON)))


def test_one_tick_before_it_is_valid() -> None:
    """The last instant."""
    assert not no_valid_catalogue(a_situation(facts=some_facts(catalogue_until=NOON + TICK)))
