"""A household's days."""

from itertools import pairwise
from statistics import mean

import pytest

from devices.household import BUILT_IN, Staple
from devices.larder import DAY
from devices.living import live

SEEDS = range(6)


def test_the_same_seed_lives_the_same_life() -> None:
    """And another seed another one."""
    one, again, other = (live(BUILT_IN, seed=seed, days=60) for seed in (3, 3, 4))

    assert one.changes("milk") == again.changes("milk")
    assert one.changes("milk") != other.changes("milk")


@pytest.mark.parametrize("staple", BUILT_IN.staples, ids=lambda staple: staple.name)
def test_it_buys_as_often_as_real_households_do(staple: Staple) -> None:
    """The mean interval is the figure it was made of, within 15 %."""
    gaps = [
        after.hour - before.hour
        for seed in SEEDS
        for before, after in pairwise(live(BUILT_IN, seed=seed).restocks(staple.name))
    ]

    assert mean(gaps) / DAY == pytest.approx(staple.days_per_package, rel=0.15)


def test_nothing_is_ever_less_than_nothing() -> None:
    """Amounts stay at zero or above, in time order, and eggs whole."""
    larder = live(BUILT_IN, seed=1)

    for item in larder.items:
        changes = larder.changes(item)
        assert all(change.amount >= 0 for change in changes)
        assert all(one.hour <= then.hour for one, then in pairwise(changes))
    assert all(change.amount % 1 == 0 for change in larder.changes("eggs"))


def test_shopping_is_put_away_in_the_afternoon() -> None:
    """Between lunch and dinner, and least often on a Sunday."""
    hours = [c.hour for seed in SEEDS for c in live(BUILT_IN, seed=seed).restocks("milk")]
    by_weekday = [sum(int(hour // DAY) % 7 == day for hour in hours) for day in range(7)]

    assert {hour % DAY for hour in hours} == {17.5}
    assert min(by_weekday) == by_weekday[6]
