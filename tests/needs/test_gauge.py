"""From noisy amounts to the amount that is really there."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from benchmarks.truth import START, instant
from edge.needs.gauge import Gauge, Move
from edge.needs.pace import Rate

RATE = Rate(mean=18.0, sd=3.0, grain=15.0, usual=18.0, changed=0.0)
QUARTER = 1.0 / 96.0
HOUR = 1.0 / 24.0


def read(
    amounts: Sequence[float], *, every: float = QUARTER, package: float = 250.0
) -> tuple[Gauge, list[Move]]:
    """The gauge after these amounts, and what each did."""
    gauge = Gauge.first(amounts[0], at=START, package=package, exact=False)
    moves = []
    for step, amount in enumerate(amounts[1:], start=1):
        gauge, move = gauge.read(amount, at=instant(step * every), rate=RATE)
        moves.append(move)
    return gauge, moves


def test_noise_is_averaged_away() -> None:
    """After a night of readings the level is far better known than one reading says."""
    dice = random.Random(1)
    gauge, _ = read([150.0 + dice.gauss(0.0, 2.0) for _ in range(32)])
    assert gauge.level == pytest.approx(150.0, abs=2.0)
    assert gauge.variance < 0.8 * gauge.noise


@pytest.mark.parametrize("sd", [0.5, 2.0, 6.0])
def test_the_sensors_noise_is_learnt(sd: float) -> None:
    """Whatever the first guess, a few days show how noisy this sensor is."""
    dice = random.Random(2)
    gauge, _ = read([150.0 + dice.gauss(0.0, sd) for _ in range(600)])
    assert gauge.noise**0.5 == pytest.approx(sd, rel=0.4)


def test_a_refill_takes_two_readings() -> None:
    """One high reading is held back, the second confirms it."""
    gauge, moves = read([20.0, 20.0, 270.0])
    assert moves[-1] is Move.UNSURE
    assert gauge.level == pytest.approx(20.0, abs=1.0)
    gauge, moves = read([20.0, 20.0, 270.0, 269.0])
    assert moves[-1] is Move.REFILL
    assert gauge.level == pytest.approx(269.5)


def test_a_refill_counts_from_its_first_reading() -> None:
    """The second reading only confirms when it happened."""
    gauge, _ = read([20.0, 20.0, 270.0, 269.0])
    assert gauge.at == instant(2 * QUARTER)


def test_a_rarely_speaking_sensor_is_believed_at_once() -> None:
    """Who speaks twice a day is not asked to repeat itself."""
    _, moves = read([20.0, 20.0, 270.0], every=6 * HOUR)
    assert moves[-1] is Move.REFILL
    _, moves = read([20.0, 20.0, 270.0], every=5 * HOUR)
    assert moves[-1] is Move.UNSURE


def test_a_large_use_is_a_drop() -> None:
    """A cake takes half the butter, and two readings say so."""
    gauge, moves = read([200.0, 200.0, 80.0, 81.0])
    assert moves[-1] is Move.DROP
    assert gauge.level == pytest.approx(80.5)


def test_a_small_rise_is_no_refill() -> None:
    """Something leaning on the shelf lifts the level, but nobody went shopping."""
    _, moves = read([100.0, 100.0, 125.0, 125.0])
    assert moves[-1] is Move.RISE


def test_a_lifted_package_waits_on_the_table() -> None:
    """For three hours an empty place is breakfast; then it is empty."""
    hours = [200.0, 200.0, *[0.0] * 13]
    gauge, moves = read(hours[:-1])
    assert moves[-1] is Move.LIFTED
    assert gauge.level == pytest.approx(200.0, abs=1.0)
    gauge, moves = read(hours)
    assert moves[-1] is Move.DROP
    assert gauge.level == pytest.approx(0.0)


def test_a_package_put_back_is_where_it_was() -> None:
    """After the lift, the level goes on as if nothing had happened."""
    gauge, moves = read([200.0, 200.0, 0.0, 0.0, 0.0, 199.0])
    assert (moves[-1], gauge.waiting) == (Move.STEADY, None)


def test_a_package_refilled_on_the_table_is_a_refill() -> None:
    """Lifted nearly empty, put back full."""
    _, moves = read([60.0, 60.0, 0.0, 0.0, 249.0, 250.0])
    assert moves[-1] is Move.REFILL


def test_a_larger_package_is_learnt() -> None:
    """A household that changes to the family size has a larger package from then on."""
    gauge, _ = read([20.0, 20.0, 500.0, 500.0])
    assert gauge.package == pytest.approx(500.0)


def test_an_exact_counter_needs_no_confirmation() -> None:
    """Counters and barcodes have no noise to wait out."""
    gauge = Gauge.first(3.0, at=START, package=4.0, exact=True)
    gauge, move = gauge.read(7.0, at=START + timedelta(hours=1), rate=RATE)
    assert (gauge.level, gauge.variance, move) == (7.0, 0.0, Move.REFILL)
