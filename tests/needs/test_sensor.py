"""Broken and lying sensors are told from ordinary ones."""

import random
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.truth import START
from edge.needs.sensor import Doubt, Sensor

QUARTER = timedelta(minutes=15)
TICK = timedelta(microseconds=1)


def after(values: Iterable[float]) -> Sensor:
    """A sensor that said these, a quarter of an hour apart."""
    sensor = Sensor()
    for step, value in enumerate(values):
        sensor = sensor.said(value, at=START + step * QUARTER)
    return sensor


def noisy(count: int, *, seed: int = 1, step: float = 1.0) -> list[float]:
    """A level of 200 with noise of 2, rounded."""
    dice = random.Random(seed)
    return [round((200.0 + dice.gauss(0.0, 2.0)) / step) * step for _ in range(count)]


def doubt(sensor: Sensor) -> Doubt | None:
    """The doubt at the newest value."""
    return sensor.doubt(now=START + (sensor.seen - 1) * QUARTER)


@pytest.mark.parametrize("seed", range(20))
def test_an_ordinary_sensor_is_believed(seed: int) -> None:
    """A week of noisy quarter hours raises no doubt."""
    assert doubt(after(noisy(672, seed=seed))) is None


def test_a_noisy_sensor_that_stops_moving_is_stuck() -> None:
    """Three hours of the same value are too many for a sensor that never held still."""
    assert doubt(after([*noisy(96), *[203.0] * 13])) is Doubt.STUCK


def test_a_coarse_sensor_may_hold_still() -> None:
    """A sensor that rounds to 50 g says the same all night, and always did."""
    assert doubt(after(noisy(672, step=50.0))) is None


def test_a_sensor_is_not_judged_before_it_is_known() -> None:
    """Thirty-nine values are too few to know how often it repeats itself."""
    assert doubt(after([*noisy(39), *[200.5] * 40])) is None
    assert doubt(after([*noisy(40), *[200.5] * 40])) is Doubt.STUCK


def test_an_empty_place_is_not_stuck() -> None:
    """Nothing weighs nothing, every time."""
    assert doubt(after([*noisy(96), *[0.0] * 100])) is None


def test_a_stuck_sensor_that_moves_again_is_believed_again() -> None:
    """A doubt passes with its cause."""
    assert doubt(after([*noisy(96), *[203.0] * 20, 201.0])) is None


def test_a_replay_is_recognised() -> None:
    """Twelve noisy values that come again, bit for bit, were recorded."""
    values = noisy(96)
    assert doubt(after([*values, *values[:12]])) is Doubt.REPLAYING


def test_eleven_equal_values_are_no_replay() -> None:
    """Up to eleven, it may be chance."""
    values = noisy(96)
    assert doubt(after([*values, *values[:11]])) is None


def test_two_packages_used_alike_are_no_replay() -> None:
    """A level that falls in the same even steps was not recorded, it was eaten."""
    package = [250.0 - 5.0 * step for step in range(50)]
    assert doubt(after([*package, *package])) is None


def test_a_replay_is_held_against_it_for_a_day() -> None:
    """And not an instant longer."""
    values = noisy(96)
    sensor = after([*values, *values[:12]])
    seen = START + 107 * QUARTER
    assert sensor.doubt(now=seen + timedelta(days=1) - TICK) is Doubt.REPLAYING
    assert sensor.doubt(now=seen + timedelta(days=1)) is None


def test_a_flood_is_recognised_and_runs_off() -> None:
    """Readings every second are a flood after a few minutes, and forgotten after hours."""
    sensor = Sensor()
    for second in range(300):
        sensor = sensor.crowded(at=START + timedelta(seconds=second))
    end = START + timedelta(seconds=299)
    assert sensor.doubt(now=end) is Doubt.FLOODING
    assert sensor.doubt(now=end + timedelta(hours=5)) is None


def test_a_burst_is_no_flood() -> None:
    """Leafing through a book is not an attack."""
    sensor = Sensor()
    for second in range(60):
        sensor = sensor.crowded(at=START + timedelta(seconds=second))
    assert sensor.doubt(now=START + timedelta(minutes=1)) is None


@pytest.mark.parametrize(("share", "found"), [(0.2, None), (1.0, Doubt.JUMPING)])
def test_jumping_is_recognised(share: float, found: Doubt | None) -> None:
    """Use makes some readings contradict the one before; only a broken sensor makes most."""
    sensor, dice = Sensor(), random.Random(5)
    for _ in range(100):
        sensor = sensor.jumped(jump=dice.random() < share)
    assert sensor.doubt(now=START) is found


@given(st.lists(st.floats(0.0, 1e9), max_size=400))
def test_what_is_remembered_is_bounded(values: list[float]) -> None:
    """However much a sensor says, it fills no memory."""
    assert len(after(values).latest) <= 128
