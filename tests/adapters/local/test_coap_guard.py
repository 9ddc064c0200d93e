"""How much anybody may ask: rates at their edges, and nothing kept for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.local.coap_guard import Buckets, CoapGuard, CoapLimits, Rate
from edge.adapters.local.coap_messages import CoapError, Code
from edge.domain.measures import DeviceId

FRIDGE = DeviceId("fridge-7f3a")
SLOW = Rate(per_second=1, burst=2)


def test_a_burst_is_served_and_the_next_waits() -> None:
    """Two at once, the third is told how long."""
    buckets = Buckets(SLOW)
    assert [buckets.wait("a", now=10.0) for _ in range(2)] == [0.0, 0.0]
    assert buckets.wait("a", now=10.25) == 0.75


def test_a_token_is_there_exactly_when_it_was_promised() -> None:
    """Just before the wait is over there is none; at its end there is."""
    buckets = Buckets(SLOW)
    for _ in range(2):
        buckets.wait("a", now=10.0)
    assert buckets.wait("a", now=10.999) > 0
    assert buckets.wait("a", now=11.0) == 0.0


def test_one_name_does_not_wait_for_another() -> None:
    """Each has its own bucket."""
    buckets = Buckets(Rate(per_second=1, burst=1))
    assert buckets.wait("a", now=0.0) == 0.0
    assert buckets.wait("b", now=0.0) == 0.0
    assert buckets.wait("a", now=0.0) == 1.0


def test_the_name_longest_unused_is_forgotten_first() -> None:
    """So many names at most: a flood of made-up sources fills no memory."""
    buckets = Buckets(Rate(per_second=1, burst=1), most=2)
    for name in ("a", "b", "c"):
        buckets.wait(name, now=0.0)
    assert buckets.wait("c", now=0.0) == 1.0
    assert buckets.wait("a", now=0.0) == 0.0


@given(st.lists(st.floats(min_value=0, max_value=5), max_size=60))
def test_never_more_than_the_rate_and_the_burst(pauses: list[float]) -> None:
    """Whenever somebody asks, what was let through stays under burst + rate x time."""
    buckets, now, through = Buckets(SLOW), 0.0, 0
    for pause in pauses:
        now += pause
        through += buckets.wait("a", now=now) == 0.0
        assert through <= SLOW.burst + SLOW.per_second * now + 1e-6


def test_a_flood_from_one_address_leaves_room_for_the_others() -> None:
    """What one source may send is less than what all may."""
    guard = CoapGuard(CoapLimits(datagrams_per_source=SLOW, datagrams=Rate(per_second=1, burst=3)))
    assert [guard.lets_in("10.0.0.1", now=0.0) for _ in range(4)] == [True, True, False, False]
    assert guard.lets_in("10.0.0.2", now=0.0)
    assert not guard.lets_in("10.0.0.2", now=0.0)
    assert guard.turned_away == {"coap.flood": 3}


def test_the_default_for_one_source_is_under_that_for_all() -> None:
    """Otherwise one flood would starve a whole home."""
    limits = CoapLimits()
    assert limits.datagrams_per_source.per_second < limits.datagrams.per_second
    assert limits.datagrams_per_source.burst < limits.datagrams.burst


def test_who_must_wait_is_told_whole_seconds() -> None:
    """Max-Age is rounded up: coming back then is not too early."""
    guard = CoapGuard(CoapLimits(requests_per_device=Rate(per_second=0.4, burst=1)))
    guard.check_device(FRIDGE, now=0.0)
    with pytest.raises(CoapError) as refused:
        guard.check_device(FRIDGE, now=0.1)
    assert (refused.value.code, refused.value.max_age_s) == (Code.TOO_MANY, 3)
    guard.check_device(FRIDGE, now=3.1)


def test_strangers_have_a_rate_by_their_address() -> None:
    """One that asks too much does not keep another out."""
    guard = CoapGuard(CoapLimits(requests_per_stranger=SLOW))
    for _ in range(2):
        guard.check_stranger("10.0.0.1", now=0.0)
    guard.check_stranger("10.0.0.2", now=0.0)
    with pytest.raises(CoapError):
        guard.check_stranger("10.0.0.1", now=0.0)
