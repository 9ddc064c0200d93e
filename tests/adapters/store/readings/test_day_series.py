"""A day of readings: each instant once, in order, bounded."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.readings.day_series import DAY_MOST, DaySeries, instant, moment
from tests.adapters.store.examples import NOON, TICK

READINGS = st.lists(st.tuples(st.integers(0, 10**6), st.floats(-1e6, 1e6)))


def series_of(readings: list[tuple[int, float]]) -> DaySeries:
    """Heard in this order."""
    series = DaySeries()
    for time, value in readings:
        series.add(time, value)
    return series


@given(READINGS)
def test_a_series_is_in_order_and_the_first_value_stays(
    readings: list[tuple[int, float]],
) -> None:
    """As a dictionary would say it."""
    first: dict[int, float] = {}
    for time, value in readings:
        first.setdefault(time, value)
    assert list(series_of(readings)) == sorted(first.items())


@given(READINGS)
def test_a_packed_series_comes_back(readings: list[tuple[int, float]]) -> None:
    """With every instant."""
    series = series_of(readings)
    assert list(DaySeries.unpacked(series.packed())) == list(series)


def test_a_series_is_bounded() -> None:
    """A flood for one day is cut off; what was heard before stays."""
    series = series_of([(time, 0.0) for time in range(DAY_MOST - 1)])
    assert series.add(DAY_MOST, 1.0)
    assert not series.add(DAY_MOST + 1, 1.0)
    assert len(series) == DAY_MOST


@pytest.mark.parametrize(("start", "end", "left"), [(1, 3, [0, 3]), (0, 1, [1, 2, 3]), (4, 9, 4)])
def test_outside_is_half_open(start: int, end: int, left: list[int] | int) -> None:
    """The start goes, the end stays."""
    rest = [time for time, _ in series_of([(t, 0.0) for t in range(4)]).outside(start, end)]
    assert rest == (list(range(left)) if isinstance(left, int) else left)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_instants_are_exact(naive: datetime) -> None:
    """To the microsecond, in both directions."""
    time = naive.replace(tzinfo=NOON.tzinfo)
    assert moment(instant(time)) == time
    assert instant(time + TICK) == instant(time) + 1
