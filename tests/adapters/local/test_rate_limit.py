"""The token bucket: a burst, then a rate, for each name apart."""

import pytest

from edge.adapters.local.rate_limit import RateLimit
from tests.adapters.local.front_door import Stopwatch


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def limit(stopwatch: Stopwatch) -> RateLimit:
    return RateLimit(per_second=10.0, burst=3, monotonic=stopwatch)


def drained(limit: RateLimit, name: str = "fridge") -> RateLimit:
    for _ in range(3):
        limit.wait(name)
    return limit


def test_a_burst_is_let_through_and_one_more_is_not(limit: RateLimit) -> None:
    """Three at once pass; the fourth waits a tenth of a second."""
    waits = [limit.wait("fridge") for _ in range(4)]
    assert waits == [0.0, 0.0, 0.0, pytest.approx(0.1)]


@pytest.mark.parametrize(("after", "passes"), [(0.099, False), (0.101, True)])
def test_a_token_comes_back_at_the_rate(
    limit: RateLimit, stopwatch: Stopwatch, after: float, *, passes: bool
) -> None:
    """At ten a second a drained bucket has its next token after a tenth of one."""
    drained(limit)
    stopwatch.seconds += after
    assert (limit.wait("fridge") == 0.0) is passes


def test_a_refusal_takes_no_token(limit: RateLimit, stopwatch: Stopwatch) -> None:
    """Whoever keeps asking while refused is let in no later than one who waited."""
    drained(limit)
    for _ in range(50):
        limit.wait("fridge")
    stopwatch.seconds += 0.101
    assert limit.wait("fridge") == 0.0


def test_rest_earns_no_more_than_one_burst(limit: RateLimit, stopwatch: Stopwatch) -> None:
    """After a day of silence a burst passes, and not a day's worth of tokens."""
    drained(limit)
    stopwatch.seconds += 86_400.0
    drained(limit)
    assert limit.wait("fridge") > 0.0


def test_one_appliance_takes_nothing_from_another(limit: RateLimit) -> None:
    """A flood from the fridge leaves the e-reader's bucket full."""
    drained(limit, "fridge")
    assert limit.wait("ereader") == 0.0
