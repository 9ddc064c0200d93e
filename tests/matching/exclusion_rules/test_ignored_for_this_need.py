"""What was passed over does not follow people around."""

from dataclasses import replace

from edge.domain.measures import NeedId
from edge.matching.exclusion_rules.ignored_for_this_need import ignored_for_this_need
from tests.builders import a_need, an_offer
from tests.matching.situations import (
    a_situation,
    an_impression,
)


def test_it_holds_once_passed_over_twice() -> None:
    """Shown twice for this need, never answered."""
    seen = (an_impression(), an_impression())

    assert ignored_for_this_need(an_offer(), a_situation(impressions=seen))


def test_once_may_be_chance() -> None:
    """Shown once."""
    assert not ignored_for_this_need(an_offer(), a_situation(impressions=(an_impression(),)))


def test_a_new_need_begins_anew() -> None:
    """Both times were for an earlier need."""
    earlier = replace(a_need(), id=NeedId("n-before"))
    seen = (an_impression(need=earlier),) * 2

    assert not ignored_for_this_need(an_offer(), a_situation(impressions=seen))
