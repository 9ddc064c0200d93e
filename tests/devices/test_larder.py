"""Amounts over an emulated life."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.larder import Change, Larder

WEEK = 7 * 24.0


def a_larder() -> Larder:
    """Butter: 100 from hour 10, 40 from hour 30, 250 from hour 60; a life of a week."""
    butter = [Change(hour=h, amount=a) for h, a in ((10, 100), (30, 40), (60, 250))]
    eggs = [Change(hour=h, amount=a) for h, a in ((30, 5), (50, 3))]
    return Larder({"butter": butter, "eggs": eggs}, days=7)


@pytest.mark.parametrize(
    ("hour", "amount"), [(10, 100), (29.9, 100), (30, 40), (59.9, 40), (60, 250), (0, 250)]
)
def test_an_amount_holds_until_the_next_change(hour: float, amount: float) -> None:
    """From its hour on; before the first, what the life before left."""
    assert a_larder().amount("butter", hour) == amount


@given(hour=st.floats(min_value=0, max_value=WEEK - 0.001), lives=st.integers(0, 5))
def test_a_life_begins_again(hour: float, lives: int) -> None:
    """So any hour has an answer, and a larder is finite."""
    larder = a_larder()

    assert larder.amount("butter", round(hour, 3) + lives * WEEK) == larder.amount(
        "butter", round(hour, 3)
    )


def test_it_knows_when_anything_was_touched() -> None:
    """Half open towards the past, once each, across the end of a life too."""
    larder = a_larder()

    assert list(larder.stirred(10, 60)) == [30, 50, 60]
    assert list(larder.stirred(59.9, WEEK + 10)) == [60, WEEK + 10]
    assert list(larder.stirred(60, 60)) == []


def test_it_knows_what_was_bought_and_what_ran_low() -> None:
    """The truth that a model of needs is held against."""
    larder = a_larder()

    assert [change.hour for change in larder.restocks("butter")] == [60]
    assert list(larder.low_spells("butter", 50)) == [(30, 60)]
    assert list(larder.low_spells("butter", 40)) == []
    assert larder.per_day("butter") == 60 / 7


def test_what_stays_low_is_low_until_the_end() -> None:
    """Something that nobody buys any more."""
    assert list(a_larder().low_spells("eggs", 4)) == [(50, WEEK)]
