"""Habits follow the weeks and forget them."""

from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.readings.habit import HOURS, Habit


def test_an_hour_never_seen_weighs_nothing() -> None:
    """And one that was, weighs one."""
    habit = Habit()
    habit.learn(8, 40.0)
    assert (habit.weights[7], habit.weights[8], habit.means[8]) == (0.0, 1.0, 40.0)


def test_half_of_a_habit_is_gone_after_six_weeks() -> None:
    """A household that changes its ways is believed before long."""
    habit = Habit()
    for _ in range(200):
        habit.learn(8, 0.0)
    for _ in range(6):
        habit.learn(8, 100.0)
    assert 45.0 < habit.means[8] < 55.0


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=60))
def test_means_stay_within_what_was_seen(means: list[float]) -> None:
    """And spread is never negative."""
    habit = Habit()
    for mean in means:
        habit.learn(3, mean)
    assert min(means) - 1e-6 <= habit.means[3] <= max(means) + 1e-6
    assert habit.variances[3] >= -1e-6


def test_a_packed_habit_comes_back() -> None:
    """To three decimals, in at most 4 kB."""
    habit = Habit()
    for hour in range(HOURS):
        habit.learn(hour, hour / 7)
    packed = habit.packed()
    assert len(packed) < 4_096
    assert abs(Habit.unpacked(packed).means[100] - 100 / 7) < 0.001
