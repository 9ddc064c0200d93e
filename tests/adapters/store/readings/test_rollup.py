"""Rolled-up readings keep what matters: the last level, or the sum of what was added."""

from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.readings.rollup import (
    Stretch,
    Width,
    one_reading,
    pack_stretches,
    rolled_up,
    unpack_stretches,
)

GRAMS = st.integers(0, 5_000).map(lambda tenths: tenths / 10)
READINGS = st.dictionaries(st.integers(0, Width.DAY * 3), GRAMS, min_size=1).map(
    lambda readings: [one_reading(time, value) for time, value in sorted(readings.items())]
)


@given(READINGS, st.sampled_from(list(Width)), st.booleans())
def test_rolling_up_loses_no_reading(readings: list[Stretch], width: Width, adds: bool) -> None:  # noqa: FBT001 -- drawn
    """Counts add up, extremes stay, one stretch per width."""
    rolled = rolled_up(readings, width, adds=adds)
    assert sum(one.count for one in rolled) == len(readings)
    assert max(one.high for one in rolled) == max(one.value for one in readings)
    assert min(one.low for one in rolled) == min(one.value for one in readings)
    assert len({one.last // width for one in rolled}) == len(rolled)


@given(READINGS, st.sampled_from(list(Width)))
def test_levels_keep_their_last_value(readings: list[Stretch], width: Width) -> None:
    """At its instant."""
    for one in rolled_up(readings, width, adds=False):
        within = [each for each in readings if each.last // width == one.last // width]
        assert (one.last, one.value) == (within[-1].last, within[-1].value)


@given(READINGS)
def test_what_adds_up_keeps_its_sum(readings: list[Stretch]) -> None:
    """Through every width."""
    rolled = readings
    for width in Width:
        rolled = rolled_up(rolled, width, adds=True)
    assert abs(sum(one.value for one in rolled) - sum(one.value for one in readings)) < 1e-6


@given(READINGS, st.booleans())
def test_rolling_up_twice_is_rolling_up_once(readings: list[Stretch], adds: bool) -> None:  # noqa: FBT001 -- drawn
    """Quarter hours on the way to hours change nothing but rounding of the mean."""
    straight = rolled_up(readings, Width.HOUR, adds=adds)
    by_quarters = rolled_up(rolled_up(readings, Width.QUARTER, adds=adds), Width.HOUR, adds=adds)
    for one, other in zip(straight, by_quarters, strict=True):
        assert (one.last, one.count, one.low, one.high) == (
            other.last,
            other.count,
            other.low,
            other.high,
        )
        assert abs(one.mean - other.mean) < 0.01
        assert abs(one.value - other.value) < 1e-6


@given(READINGS)
def test_packed_stretches_come_back(readings: list[Stretch]) -> None:
    """Every number of them."""
    rolled = rolled_up(readings, Width.QUARTER, adds=False)
    assert unpack_stretches(pack_stretches(rolled)) == rolled
