"""The built-in household's figures."""

import pytest

from devices.household import BUILT_IN


def test_the_shares_of_a_week_are_shares() -> None:
    """They add up to one, but for rounding; so do a day's meals."""
    assert sum(BUILT_IN.weekdays) == pytest.approx(1, abs=0.002)
    assert all(sum(staple.meals) == pytest.approx(1) for staple in BUILT_IN.staples)


def test_use_follows_from_the_interval() -> None:
    """One package lasts as long as it takes to buy the next."""
    butter = BUILT_IN.staples[0]

    assert butter.name == "butter"
    assert butter.per_day * butter.days_per_package == pytest.approx(butter.package)
