"""Some hours of calm between two offers."""

from edge.matching.permission_rules.minimum_wait import MINIMUM_WAIT, minimum_wait
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression


def test_it_holds_just_before_the_wait_is_over() -> None:
    """One tick is missing."""
    seen = an_impression(shown_at=NOON - MINIMUM_WAIT + TICK)

    assert minimum_wait(a_situation(impressions=(seen,)))


def test_it_ends_when_the_wait_is_over() -> None:
    """Exactly three hours ago."""
    seen = an_impression(shown_at=NOON - MINIMUM_WAIT)

    assert not minimum_wait(a_situation(impressions=(seen,)))


def test_the_first_offer_needs_no_wait() -> None:
    """Nothing was ever shown."""
    assert not minimum_wait(a_situation())
