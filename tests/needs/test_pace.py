"""How fast an item is used, in ordinary times and when something changed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.needs.pace import RECENT_MOST, Pace, Span

FIRST = Pace(first_rate=6.0, shape=1.3, first_grain=20.0)


def after(*uses: float, pace: Pace = FIRST) -> Pace:
    """The pace after so many days with these uses."""
    for used in uses:
        pace = pace.booked(Span(days=1.0, used=used))
    return pace


def days(count: int, *, portions: float, seed: int = 1) -> list[float]:
    """Days with so many portions of 15 on average."""
    dice = random.Random(seed)
    return [15.0 * sum(dice.random() < portions / 8.0 for _ in range(8)) for _ in range(count)]


def test_before_the_first_day_the_rate_is_the_public_guess() -> None:
    """Nothing seen, nothing learnt."""
    assert FIRST.rate().mean == pytest.approx(6.0)


def test_a_month_outweighs_the_guess() -> None:
    """A household that uses 18 a day is believed, whatever others do."""
    assert after(*[18.0] * 28).rate().mean == pytest.approx(18.0, rel=0.1)


def test_more_days_make_the_rate_surer() -> None:
    """A month says more than three days."""
    uses = days(28, portions=1.2)
    assert after(*uses).rate().sd < after(*uses[:3]).rate().sd


def test_guests_are_noticed_within_four_days() -> None:
    """In most homes, four days of threefold use pull the rate well above the usual."""
    rates = [
        after(*days(28, portions=1.2, seed=seed), *days(4, portions=4.0, seed=seed + 50)).rate()
        for seed in range(10)
    ]
    assert sum(rate.mean > 1.5 * rate.usual for rate in rates) >= 8


@pytest.mark.parametrize("seed", range(5))
def test_guests_are_forgotten_within_four_days(seed: int) -> None:
    """Once they have left, the rate is the usual one again."""
    before, stay = days(28, portions=1.2, seed=seed), days(7, portions=4.0, seed=seed)
    back = after(*before, *stay, *days(4, portions=1.2, seed=seed + 50)).rate()
    usual = after(*before).rate().mean
    assert back.mean == pytest.approx(usual, rel=0.4)


@pytest.mark.parametrize("seed", range(5))
def test_a_holiday_is_noticed_within_five_days(seed: int) -> None:
    """After five days without any use, the household is away."""
    rate = after(*days(28, portions=1.6, seed=seed), *[0.0] * 5).rate()
    assert rate.mean < 0.5 * rate.usual


@pytest.mark.parametrize("seed", range(5))
def test_ordinary_weeks_are_no_change(seed: int) -> None:
    """Chance alone does not look like guests."""
    assert after(*days(28, portions=1.2, seed=seed)).rate().changed < 0.5


def test_coarse_use_is_seen_as_coarse() -> None:
    """The same rate in rarer, larger uses has the larger grain."""
    fine, coarse = after(*[20.0] * 28), after(*[0.0, 40.0] * 14)
    assert coarse.rate().grain > 2.0 * fine.rate().grain


def test_a_span_without_days_changes_nothing() -> None:
    """There is no rate in no time."""
    assert FIRST.booked(Span(days=0.0, used=5.0)) == FIRST


spans = st.builds(Span, days=st.floats(0.3, 30.0), used=st.floats(-20.0, 500.0))


@given(st.lists(spans, max_size=60))
def test_the_rate_is_always_positive_and_the_memory_bounded(seen: list[Span]) -> None:
    """Whatever was booked, there is a rate above zero, and no more spans than allowed."""
    pace = FIRST
    for span in seen:
        pace = pace.booked(span)
    rate = pace.rate()
    assert rate.mean > 0.0
    assert rate.sd >= 0.0
    assert rate.grain > 0.0
    assert 0.0 <= rate.changed <= 1.0
    assert len(pace.recent) <= RECENT_MOST
