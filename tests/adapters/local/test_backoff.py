"""Full jitter: waits grow, stay under their ceiling and differ from home to home."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.local.backoff import Backoff


@given(seed=st.integers(), failures=st.integers(min_value=1, max_value=80))
def test_no_wait_exceeds_its_ceiling(seed: int, failures: int) -> None:
    """The n-th wait is below the doubled least and never above the most."""
    backoff = Backoff(least_s=0.5, most_s=30.0, dice=Random(seed))
    waits = [backoff.next_wait_s() for _ in range(failures)]
    assert all(0 <= wait <= min(0.5 * 2**n, 30.0) for n, wait in enumerate(waits))


def test_success_makes_the_next_wait_short_again() -> None:
    """After a reset the first ceiling counts."""
    backoff = Backoff(least_s=0.5, most_s=30.0, dice=Random(1))
    for _ in range(10):
        backoff.next_wait_s()
    backoff.reset()
    assert backoff.next_wait_s() <= 0.5


def test_two_homes_do_not_knock_at_the_same_time() -> None:
    """Different dice give different waits."""
    waits = {Backoff(least_s=9, most_s=9, dice=Random(n)).next_wait_s() for n in range(20)}
    assert len(waits) == 20
