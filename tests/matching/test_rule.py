"""A rule that cannot be answered says no."""

from collections.abc import Sequence

import pytest

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.sentence import sentence
from edge.errors import StoreError
from edge.matching.exclusion_rules import EXCLUSION_RULES, ExclusionRule
from edge.matching.permission_rules import PERMISSION_RULES, PermissionRule
from edge.matching.rule import UNSURE, holding, rule
from edge.matching.situation import Situation
from edge.matching.surface_rules import SURFACE_RULES, SurfaceRule
from tests.builders import a_surface, an_offer
from tests.matching.situations import a_situation


class Torn(Situation):
    """Whatever is asked of it, the storage fails."""

    def __getattribute__(self, name: str) -> object:
        """Fail as a damaged file does."""
        message = "a document is damaged"
        raise StoreError(message)


class TornOffer(Offer):
    """Whatever is asked of it, the storage fails."""

    def __getattribute__(self, name: str) -> object:
        """Fail as a damaged file does."""
        message = "a document is damaged"
        raise StoreError(message)


class TornSurface(Surface):
    """Whatever is asked of it, the storage fails."""

    def __getattribute__(self, name: str) -> object:
        """Fail as a damaged file does."""
        message = "a document is damaged"
        raise StoreError(message)


TORN = object.__new__(Torn)
TORN_OFFER = object.__new__(TornOffer)
TORN_SURFACE = object.__new__(TornSurface)


def names(
    rules: Sequence[PermissionRule] | Sequence[ExclusionRule] | Sequence[SurfaceRule],
) -> list[str]:
    """For reading the list of tests."""
    return [one.name for one in rules]


@pytest.mark.parametrize("asked", PERMISSION_RULES, ids=names(PERMISSION_RULES))
def test_a_permission_rule_that_breaks_refuses(asked: PermissionRule) -> None:
    """A storage error under any of them means silence."""
    assert holding([asked], TORN) == (asked.name + UNSURE,)


@pytest.mark.parametrize("asked", EXCLUSION_RULES, ids=names(EXCLUSION_RULES))
def test_an_exclusion_rule_that_breaks_excludes(asked: ExclusionRule) -> None:
    """A storage error under any of them means that this offer is not shown."""
    assert holding([asked], TORN_OFFER, TORN) == (asked.name + UNSURE,)


@pytest.mark.parametrize("asked", SURFACE_RULES, ids=names(SURFACE_RULES))
def test_a_surface_rule_that_breaks_keeps_the_surface_free(asked: SurfaceRule) -> None:
    """A storage error under any of them means that nothing is shown there."""
    assert holding([asked], TORN_OFFER, TORN_SURFACE, TORN) == (asked.name + UNSURE,)


def test_a_rule_that_does_not_hold_is_not_named() -> None:
    """At a calm noon nothing speaks against butter on the fridge door."""
    now = a_situation()

    assert holding(PERMISSION_RULES, now) == ()
    assert holding(EXCLUSION_RULES, an_offer(), now) == ()
    assert holding(SURFACE_RULES, an_offer(), a_surface(), now) == ()


def test_there_are_more_than_thirty_rules_with_names_of_their_own() -> None:
    """Each can be named in a trace without doubt."""
    all_names = names(PERMISSION_RULES) + names(EXCLUSION_RULES) + names(SURFACE_RULES)

    assert len(set(all_names)) == len(all_names) >= 30


def test_a_rule_knows_its_law() -> None:
    """The first line of its function's docstring."""

    @rule(sentence("It is your quiet time."))
    def never(situation: Situation) -> bool:
        """Holds never.

        Not even at night.
        """
        del situation
        return False

    assert (never.name, never.law) == ("never", "Holds never.")
