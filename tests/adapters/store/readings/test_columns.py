"""Columns are small, and exact to the last bit."""

import math

from hypothesis import example, given
from hypothesis import strategies as st

from edge.adapters.store.readings.columns import (
    pack_floats,
    pack_integers,
    unpack_floats,
    unpack_integers,
)


@given(st.lists(st.integers(0, 2**61)))
@example([])
@example([5, 5, 5])
def test_integers_come_back(numbers: list[int]) -> None:
    """In any order."""
    assert unpack_integers(pack_integers(numbers)) == numbers


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False)))
@example([-0.0])
@example([0.1, 0.2, 1 / 3])
@example([2.0**53, 1.0])
def test_floats_come_back_to_the_last_bit(values: list[float]) -> None:
    """Minus zero and the smallest ones too."""
    back = unpack_floats(pack_floats(values))
    assert list(map(math.copysign, back, back)) == list(map(math.copysign, values, values))
    assert [value.hex() for value in back] == [float(value).hex() for value in values]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1))
def test_decimals_of_sensors_come_back(thousandths: list[int]) -> None:
    """A kitchen scale's tenths and a flow meter's thousandths."""
    values = [number / 1000 for number in thousandths]
    assert unpack_floats(pack_floats(values)) == values


def test_a_regular_minute_costs_next_to_nothing() -> None:
    """A day of times in under 100 bytes, a day of a slow scale in under 400."""
    times = [1_790_000_000_000_000 + 60_000_000 * minute for minute in range(1_440)]
    grams = [float(250 - minute // 60) for minute in range(1_440)]
    assert len(pack_integers(times)) < 100
    assert len(pack_floats(grams)) < 400
