"""Nothing too often: each of the twenty caps at its boundary."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.frequency import CALM_CAPS, Cap, CapKey, CapScope, CapSpan
from edge.domain.offer import Offer
from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.frequency_caps import FREQUENCY_CAPS
from edge.matching.rule import Rule
from edge.matching.situation import Situation
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import MIDNIGHT, TICK, a_situation, an_impression

STARTS = {
    CapSpan.HOUR: NOON - timedelta(hours=1),
    CapSpan.DAY: MIDNIGHT,
    CapSpan.WEEK: NOON - 7 * DAY,
    CapSpan.MONTH: NOON - 30 * DAY,
    CapSpan.TOTAL: NOON - 400 * DAY,
}
SAME = {
    CapScope.CREATIVE: an_offer(),
    CapScope.LINE_ITEM: an_offer("lind-butter/week-48/loud"),
    CapScope.CAMPAIGN: an_offer("lind-butter/week-49/loud"),
    CapScope.SPONSOR: an_offer("lind-cheese/week-49/loud"),
}
"""An offer that shares this much, and nothing finer, with the one that is asked about."""

KEYS = [CapKey(scope, span) for scope in CapScope for span in CapSpan]
RULES = dict(zip(KEYS, FREQUENCY_CAPS, strict=True))


def shown(offer: Offer, at: datetime, *, times: int = 1) -> Situation:
    """It was shown so many times at that instant."""
    return a_situation(impressions=(an_impression(offer=offer, shown_at=at),) * times)


def capped(key: CapKey, most: int) -> Offer:
    """The butter offer that asks for this cap."""
    asked = Cap(scope=key.scope, span=key.span, most=most)
    return replace(an_offer(per_day=24), caps=(asked,))


def rule_of(key: CapKey) -> Rule[[Offer, Situation]]:
    """The rule of that cap."""
    return RULES[key]


def test_every_cap_is_a_rule_of_its_own_name() -> None:
    """Four things that are capped, over five spans."""
    names = {rule.name for rule in FREQUENCY_CAPS}

    assert len(names) == 20
    assert {"creative_hourly_cap", "line_item_daily_cap", "sponsor_total_cap"} <= names


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_a_cap_holds_from_the_start_of_its_span(key: CapKey) -> None:
    """Shown once at the first instant that counts, once allowed."""
    assert rule_of(key)(capped(key, 1), shown(SAME[key.scope], STARTS[key.span]))


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_a_cap_forgets_what_was_before_its_span(key: CapKey) -> None:
    """Shown one tick earlier."""
    assert not rule_of(key)(capped(key, 1), shown(SAME[key.scope], STARTS[key.span] - TICK))


@pytest.mark.parametrize("key", KEYS, ids="-".join)
def test_a_cap_does_not_hold_one_before_it_is_reached(key: CapKey) -> None:
    """Shown one time less than the calm cap allows, then as often."""
    most, offer, at = CALM_CAPS[key], an_offer(per_day=24), STARTS[key.span]

    assert not rule_of(key)(offer, shown(SAME[key.scope], at, times=most - 1))
    assert rule_of(key)(offer, shown(SAME[key.scope], at, times=most))


@pytest.mark.parametrize("scope", list(CapScope)[:-1])
def test_a_cap_counts_nothing_wider_than_its_scope(scope: CapScope) -> None:
    """Something that shares only the next wider thing was shown."""
    wider = list(CapScope)[list(CapScope).index(scope) + 1]
    key = CapKey(scope, CapSpan.HOUR)

    assert not rule_of(key)(capped(key, 1), shown(SAME[wider], NOON))


@given(st.sampled_from(KEYS), st.integers(1, 1_000))
def test_a_catalogue_can_only_tighten_a_cap(key: CapKey, most: int) -> None:
    """Whatever it asks for, the calm cap holds."""
    assert capped(key, most).cap(key) <= CALM_CAPS[key]


def test_the_offers_own_daily_cap_counts_for_its_line_item() -> None:
    """`maxPerDay` of the wire."""
    assert an_offer(per_day=1).cap(CapKey(CapScope.LINE_ITEM, CapSpan.DAY)) == 1


def test_seen_too_often_halves_the_campaigns_caps() -> None:
    """Said once, long ago: the cap of ten a month is now five."""
    key = CapKey(CapScope.CAMPAIGN, CapSpan.MONTH)
    other = an_offer("lind-butter/week-49/loud")
    said = an_impression(
        offer=other, shown_at=NOON - 90 * DAY, reaction=ReactionKind.SEEN_TOO_OFTEN
    )
    seen = an_impression(offer=other, shown_at=NOON - 10 * DAY)

    assert not rule_of(key)(an_offer(), a_situation(impressions=(said, *(seen,) * 4)))
    assert rule_of(key)(an_offer(), a_situation(impressions=(said, *(seen,) * 5)))
    assert not rule_of(key)(an_offer(), a_situation(impressions=(seen,) * 5))
