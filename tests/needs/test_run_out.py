"""The distribution of the day an item runs out."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, special

from edge.needs.run_out import Depletion

BUTTER = Depletion(left=62.0, left_sd=2.0, rate=18.0, rate_sd=3.0, grain=15.0)

depletions = st.builds(
    Depletion,
    left=st.floats(0.1, 500.0),
    left_sd=st.floats(0.0, 20.0),
    rate=st.floats(0.5, 60.0),
    rate_sd=st.floats(0.0, 30.0),
    grain=st.floats(0.5, 50.0),
)


@given(depletion=depletions, day=st.floats(0.0, 200.0), more=st.floats(0.0, 100.0))
def test_never_grows_less_likely_with_time(depletion: Depletion, day: float, more: float) -> None:
    """What is gone within a day is gone within two."""
    assert depletion.gone_within(day + more) >= depletion.gone_within(day) - 1e-9


@given(depletion=depletions, day=st.floats(0.1, 200.0), more=st.floats(0.0, 100.0))
def test_more_left_is_never_gone_sooner(depletion: Depletion, day: float, more: float) -> None:
    """A fuller package lasts longer."""
    fuller = replace(depletion, left=depletion.left + more)
    assert fuller.gone_within(day) <= depletion.gone_within(day) + 1e-9


@given(depletion=depletions, chance=st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_has_its_probability(depletion: Depletion, chance: float) -> None:
    """Within the days until p, it is gone with probability p."""
    day = depletion.days_until(chance)
    assume(day is not None and day > 2e-3)
    assert depletion.gone_within(day or 0.0) == pytest.approx(chance, abs=0.02)


def test_nothing_left_is_gone_now() -> None:
    """An empty place needs no waiting."""
    empty = replace(BUTTER, left=0.0)
    assert (empty.gone_within(0.0), empty.days_until(0.9)) == (1.0, 0.0)


def test_what_is_never_used_never_runs_out() -> None:
    """Without use there is no day to name."""
    idle = replace(BUTTER, rate=0.0, rate_sd=0.0)
    assert (idle.gone_within(300.0), idle.days_until(0.5)) == (0.0, None)


def test_a_known_rate_gives_the_time_of_the_nth_use_exactly() -> None:
    """With nothing unknown, the chance is scipy's incomplete gamma of the uses that are left."""
    known = replace(BUTTER, left_sd=0.0, rate_sd=0.0)
    exact = special.gammainc(62.0 / 15.0 + 0.5, 3.0 * 18.0 / 15.0)
    assert known.gone_within(3.0) == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("spread", [0.1, 0.3, 0.8])
@pytest.mark.parametrize("day", [1.0, 3.0, 7.0])
def test_an_unknown_rate_is_integrated_exactly(spread: float, day: float) -> None:
    """The closed form is the integral over a gamma distributed rate."""
    depletion = replace(BUTTER, left_sd=0.0, rate_sd=18.0 * spread)
    shape = 1.0 / spread**2

    def weighed(rate: float) -> float:
        density = math.exp(
            (shape - 1.0) * math.log(rate)
            - rate * shape / 18.0
            - math.lgamma(shape)
            + shape * math.log(shape / 18.0)
        )
        return float(density * special.gammainc(62.0 / 15.0 + 0.5, day * rate / 15.0))

    exact, _ = integrate.quad(weighed, 1e-6, 18.0 * (1.0 + 12.0 * spread), limit=200)
    assert depletion.gone_within(day) == pytest.approx(exact, abs=1e-6)


@pytest.mark.parametrize("left", [10.0, 30.0, 62.0, 120.0])
def test_holds_for_portions_at_random_times(left: float) -> None:
    """For Poisson portions the chance is within two points of 20,000 simulated households."""
    dice = random.Random(7)
    known = replace(BUTTER, left=left, left_sd=0.0, rate_sd=0.0, grain=18.0)
    gone = sum(_used(dice, days=3.0) >= left for _ in range(20_000))
    assert known.gone_within(3.0) == pytest.approx(gone / 20_000, abs=0.02)


def _used(dice: random.Random, *, days: float) -> float:
    """Portions of 15 g with a variance of 45 come 1.2 times a day: grain 18, rate 18."""
    used, at = 0.0, dice.expovariate(1.2)
    while at < days:
        used, at = used + dice.gammavariate(5.0, 3.0), at + dice.expovariate(1.2)
    return used
