"""An offer lives from the start of its flight to before its end."""

from edge.matching.exclusion_rules.outside_flight import outside_flight
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation

OFFER = an_offer(flight=(NOON, NOON + DAY))


def test_it_holds_before_the_flight() -> None:
    """One tick too early."""
    assert outside_flight(OFFER, a_situation(now=NOON - TICK))


def test_the_flight_begins_at_its_start() -> None:
    """Its first instant."""
    assert not outside_flight(OFFER, a_situation(now=NOON))


def test_the_last_tick_is_within() -> None:
    """Its last instant."""
    assert not outside_flight(OFFER, a_situation(now=NOON + DAY - TICK))


def test_it_holds_from_the_end_on() -> None:
    """The end is no longer within."""
    assert outside_flight(OFFER, a_situation(now=NOON + DAY))
