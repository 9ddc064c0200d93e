"""Only what can be redeemed here."""

from dataclasses import replace

from edge.matching.exclusion_rules.wrong_region import wrong_region
from tests.builders import an_offer
from tests.matching.situations import (
    a_situation,
    some_facts,
)


def test_it_holds_elsewhere() -> None:
    """The home is in Berlin."""
    assert wrong_region(replace(an_offer(), regions=frozenset({"DE-BY"})), a_situation())


def test_it_does_not_hold_here() -> None:
    """Berlin is among its regions."""
    regions = frozenset({"DE-BY", "DE-BE"})

    assert not wrong_region(replace(an_offer(), regions=regions), a_situation())


def test_without_regions_it_is_for_everybody() -> None:
    """None is named."""
    assert not wrong_region(an_offer(), a_situation(facts=some_facts(region="")))


def test_an_unknown_home_is_in_no_region() -> None:
    """Nobody knows where the home is."""
    offer = replace(an_offer(), regions=frozenset({"DE-BE"}))

    assert wrong_region(offer, a_situation(facts=some_facts(region="")))
