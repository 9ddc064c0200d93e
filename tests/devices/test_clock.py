"""Emulated time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import Clock, clock_at, parse_clock

MOMENT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def test_without_a_spec_it_is_the_real_time() -> None:
    """No words, no acceleration."""
    clock = parse_clock("")

    assert clock.speed == 1
    assert abs(clock.now() - datetime.fromtimestamp(clock.ask(), UTC)) < timedelta(seconds=5)


def test_time_runs_faster_from_the_start_on() -> None:
    """Now = start + (real - start) * speed."""
    clock = Clock(speed=4320, start=1000, ask=lambda: 1020.0)

    assert clock.now() == datetime.fromtimestamp(1000 + 86_400, UTC)


def test_a_wait_is_as_much_shorter() -> None:
    """A day takes twenty seconds."""
    assert Clock(speed=4320).real_seconds(timedelta(days=1)) == 20


@pytest.mark.parametrize("spec", ["fast", "0@0", "0.5@1", "100001@0", "1e3@0", "2@-1", "2@", "@2"])
def test_anything_else_is_refused(spec: str) -> None:
    """A clock that nobody meant would be worse than none."""
    with pytest.raises(ValueError, match="a clock is"):
        parse_clock(spec)


@given(
    ahead=st.integers(min_value=-7 * 86_400, max_value=7 * 86_400),
    speed=st.sampled_from([2.0, 60.0, 4320.0, 100_000.0]),
)
def test_a_clock_can_be_set_to_any_moment(ahead: int, speed: float) -> None:
    """Whatever the real time is, it shows the moment now; and so does who reads its spec."""
    real = MOMENT.timestamp() + ahead
    clock = clock_at(MOMENT, speed=speed, ask=lambda: real)
    read = parse_clock(clock.spec)

    assert (read.speed, read.start) == (speed, clock.start)
    assert abs(clock.now() - MOMENT) < timedelta(seconds=1)
