"""Public guesses are there for every category, and sane."""

import pytest

from edge.domain.category import CATEGORIES, CategoryName
from edge.needs.prior import prior_for


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_every_category_has_a_guess(category: CategoryName) -> None:
    """A package lasts between three days and half a year, give or take a factor of two to four."""
    prior = prior_for(category)
    assert 3.0 <= prior.days <= 200.0
    assert 0.5 <= prior.spread <= 1.5


def test_milk_goes_faster_than_rice() -> None:
    """The measured order is the one every kitchen knows."""
    days = [prior_for(CategoryName(name)).days for name in ("milk", "coffee", "rice")]
    assert days == sorted(days)
