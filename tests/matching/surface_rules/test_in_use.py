"""An offer never interrupts."""

from dataclasses import replace

from edge.domain.etiquette import Etiquette
from edge.matching.surface_rules.in_use import in_use
from tests.builders import FRIDGE, a_surface, an_offer
from tests.matching.situations import a_situation, some_facts

OPEN = a_situation(facts=some_facts(in_use=frozenset({FRIDGE})))


def test_it_holds_while_somebody_uses_the_appliance() -> None:
    """The fridge is open."""
    assert in_use(an_offer(), a_surface(), OPEN)


def test_another_appliance_is_not_meant() -> None:
    """The cellar's surface is free."""
    elsewhere = a_surface("cellar.door", device="cellar-0001")

    assert not in_use(an_offer(), elsewhere, OPEN)


def test_a_surface_that_interrupts_nobody_may_change() -> None:
    """A cover on the back."""
    back = replace(a_surface(), etiquette=Etiquette(interrupts=True))

    assert not in_use(an_offer(), back, OPEN)
