"""Flights come back on time, and unit prices are right to the cent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_stub.campaign import Flight, Pack
from cloud_stub.money import cents, unit_price_cents

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)

flights = st.builds(
    lambda start, days, rest: Flight(from_day=start, days=days, every=days + rest),
    st.integers(0, 400),
    st.integers(1, 60),
    st.integers(0, 60),
)


@given(flights, st.integers(0, 10**9))
def test_a_window_is_running_or_the_next_one(flight: Flight, second: int) -> None:
    """Its end is ahead, its start is at most one cycle ahead, and it has its length."""
    now = MONDAY + timedelta(seconds=second)
    start, end = flight.window(now)
    assert now < end == start + flight.days * DAY
    assert start - now < flight.every * DAY
    assert (start - MONDAY) % DAY == timedelta()


def test_a_flight_ends_at_its_end() -> None:
    """One tick before its end it is on; at its end the next window is given."""
    flight = Flight(from_day=3, days=4, every=7)
    start = MONDAY + 3 * DAY
    assert flight.window(start + 4 * DAY - TICK) == (start, start + 4 * DAY)
    assert flight.window(start + 4 * DAY)[0] == start + 7 * DAY


@pytest.mark.parametrize(
    ("price", "amount", "unit", "expected"),
    [
        (199, 250, "g", 796),
        (89, 200, "ml", 445),
        (1, 3, "piece", 0),
        (5, 10, "piece", 1),
        (549, 2600, "g", 211),
    ],
)
def test_a_unit_price_is_rounded_half_up(
    price: int, amount: float, unit: str, expected: int
) -> None:
    """Price for one kilogram, litre or piece."""
    pack = Pack(amount=amount, unit=unit)  # type: ignore[arg-type]  # the table above is typed loosely
    assert unit_price_cents(price, pack) == expected


@pytest.mark.parametrize(
    "text", ["1,99", "1.9", "01.99", "-1.99", "1.999", "€1.99", "100000.01", ""]
)
def test_only_euros_with_two_decimals_are_a_price(text: str) -> None:
    """Anything else is None."""
    assert cents(text) is None


def test_a_price_is_whole_cents() -> None:
    """No float is ever involved."""
    assert (cents("0.00"), cents("1.99"), cents("100000.00")) == (0, 199, 10_000_000)
