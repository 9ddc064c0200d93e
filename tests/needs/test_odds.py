"""The small pieces that purchase models share."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from edge.needs.odds import (
    ForgettingMean,
    faded_days,
    half_life,
    log_hazard,
    log_odds,
    probability,
)


@given(st.floats(1e-3, 1 - 1e-3))
def test_odds_and_probability_undo_each_other(p: float) -> None:
    """There and back."""
    assert probability(log_odds(p)) == pytest.approx(p)


@given(st.floats(0.0, 1.0))
def test_odds_are_bounded(p: float) -> None:
    """Nothing is certain."""
    assert abs(log_odds(p)) <= 9.3


@given(
    waited=st.floats(0.0, 200.0),
    horizon=st.floats(1.0, 30.0),
    mean=st.floats(0.5, 5.0),
    sd=st.floats(0.3, 2.0),
)
def test_the_hazard_is_scipys(waited: float, horizon: float, mean: float, sd: float) -> None:
    """The chance that a log-normal interval ends now agrees with scipy where it can be told."""
    interval = stats.lognorm(s=sd, scale=math.exp(mean))
    over, later = interval.sf(waited + 0.5), interval.sf(waited + horizon + 0.5)
    expected = (over - later) / max(over, 1e-4)
    assert log_hazard(waited, horizon, mean, sd) == pytest.approx(expected, abs=1e-6)


def test_a_half_life_halves() -> None:
    """What is one half-life old weighs half."""
    memory = half_life(21.0)
    assert memory[0] == 1.0
    assert memory[21] == pytest.approx(0.5)
    assert memory[10**9] == memory[5_999]


def test_all_days_together_weigh_their_integral() -> None:
    """A long history weighs the half-life over ln 2."""
    assert faded_days(1e6, 21.0) == pytest.approx(21.0 / math.log(2.0))
    assert half_life(3.0).total(2) == pytest.approx(1.0 + 0.5 ** (1.0 / 3.0))


def test_a_mean_without_values_is_its_prior() -> None:
    """Before anything is seen, the guess stands."""
    mean = ForgettingMean(prior_mean=3.0, strength=2.0, spread=2.4)
    assert mean.mean == 3.0
    assert mean.sd == pytest.approx(math.sqrt(2.4 / 4.0))


def test_values_outweigh_the_prior() -> None:
    """A hundred equal values are the mean, with little spread."""
    mean = ForgettingMean(prior_mean=3.0, strength=2.0, spread=2.4)
    for _ in range(100):
        mean.see(1.0)
    assert mean.mean == pytest.approx(1.04, abs=0.01)
    assert mean.sd < 0.3
