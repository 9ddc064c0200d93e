"""A sponsor the household switched off is never shown."""

from edge.domain.household import Preferences
from edge.matching.exclusion_rules.blocked_sponsor import blocked_sponsor
from tests.builders import an_offer
from tests.matching.situations import a_situation

OFF = Preferences(blocked_sponsors=frozenset({"Hofkäserei Lind"}))


def test_it_holds_for_the_switched_off_sponsor() -> None:
    """Lind is off."""
    assert blocked_sponsor(an_offer(), a_situation(preferences=OFF))


def test_other_sponsors_stay_on() -> None:
    """Somebody else's butter may come."""
    assert not blocked_sponsor(an_offer(sponsor="Molkerei Au"), a_situation(preferences=OFF))
