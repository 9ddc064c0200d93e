"""A line item is shown at most as often a day as it asks for."""

from edge.matching.exclusion_rules.line_item_daily_cap import line_item_daily_cap
from tests.builders import an_offer
from tests.matching.situations import MIDNIGHT, TICK, a_situation, an_impression


def test_it_holds_once_the_cap_is_reached() -> None:
    """Shown once since midnight, once a day."""
    seen = an_impression(shown_at=MIDNIGHT)

    assert line_item_daily_cap(an_offer(per_day=1), a_situation(impressions=(seen,)))


def test_yesterday_does_not_count() -> None:
    """Shown one tick before midnight."""
    seen = an_impression(shown_at=MIDNIGHT - TICK)

    assert not line_item_daily_cap(an_offer(per_day=1), a_situation(impressions=(seen,)))


def test_a_higher_cap_leaves_room() -> None:
    """Shown once, twice a day."""
    seen = an_impression(shown_at=MIDNIGHT)

    assert not line_item_daily_cap(an_offer(per_day=2), a_situation(impressions=(seen,)))
