"""Nothing is offered for what a child uses."""

from edge.domain.household import Preferences
from edge.matching.permission_rules.childs_appliance import childs_appliance
from tests.builders import FRIDGE
from tests.matching.situations import a_situation


def test_it_holds_for_a_childs_appliance() -> None:
    """The household said that a child uses it."""
    used = Preferences(child_devices=frozenset({FRIDGE}))

    assert childs_appliance(a_situation(preferences=used))


def test_it_does_not_hold_for_another_one() -> None:
    """A child uses the e-reader."""
    used = Preferences(child_devices=frozenset({"ereader-0001"}))

    assert not childs_appliance(a_situation(preferences=used))
