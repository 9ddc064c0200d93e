"""No overbuying."""

from dataclasses import replace

from edge.domain.measures import Amount, Unit
from edge.domain.need import Evidence, EvidenceFact, Need
from edge.domain.offer import Offer
from edge.matching.exclusion_rules.more_than_is_used import more_than_is_used
from tests.builders import a_need, an_offer
from tests.matching.situations import (
    a_situation,
    some_facts,
)


def holding(grams: float) -> Offer:
    """So much butter."""
    return replace(an_offer(), content=Amount(grams))


def used_a_day(grams: float) -> Need:
    """A need for butter that goes so fast; a package holds 250 g."""
    rate = Evidence(fact=EvidenceFact.RATE, amount=grams, unit=Unit.GRAM)
    return replace(a_need(), evidence=(rate,))


def test_two_packages_are_always_fine() -> None:
    """However slowly it goes."""
    assert not more_than_is_used(holding(500.0), a_situation(need=used_a_day(0.1)))


def test_sixty_days_of_use_are_fine() -> None:
    """Exactly sixty."""
    assert not more_than_is_used(holding(600.0), a_situation(need=used_a_day(10.0)))


def test_more_than_both_is_too_much() -> None:
    """A gram more than sixty days of use."""
    assert more_than_is_used(holding(601.0), a_situation(need=used_a_day(10.0)))


def test_an_unknown_rate_of_use_is_no_excuse() -> None:
    """Nobody knows how fast it goes."""
    assert more_than_is_used(holding(501.0), a_situation())


def test_an_unknown_content_is_not_held_against_it() -> None:
    """The catalogue does not say."""
    assert not more_than_is_used(an_offer(), a_situation())


def test_what_is_counted_otherwise_cannot_be_compared() -> None:
    """A kilogram of detergent says nothing about washes."""
    washes = a_situation(facts=some_facts(unit=Unit.COUNT, package=20.0))

    assert not more_than_is_used(holding(1_000.0), washes)
