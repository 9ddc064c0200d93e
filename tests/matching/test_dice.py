"""Dice fall the same way again, and evenly."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from edge.matching.dice import Dice
from tests.builders import DAY
from tests.fakes.clock import NOON

TODAY = NOON.date()


@given(st.binary(max_size=64), st.lists(st.text(max_size=20)), st.dates())
def test_a_throw_is_from_zero_to_below_one_and_repeats(
    key: bytes, words: list[str], day: date
) -> None:
    """Whatever is thrown for."""
    dice = Dice(key=key)

    assert 0.0 <= dice.throw(*words, day=day) < 1.0
    assert dice.throw(*words, day=day) == Dice(key=key).throw(*words, day=day)


def test_throws_fall_evenly() -> None:
    """A tenth of a thousand throws falls into each tenth, give or take."""
    dice = Dice(key=b"home")
    tenths = [int(10 * dice.throw(str(n), day=TODAY)) for n in range(1_000)]

    assert all(70 <= tenths.count(tenth) <= 130 for tenth in range(10))


def test_another_home_another_day_and_another_word_fall_differently() -> None:
    """And words do not run together."""
    dice = Dice(key=b"home")
    throw = dice.throw("a", "b", day=TODAY)

    assert Dice(key=b"other").throw("a", "b", day=TODAY) != throw
    assert dice.throw("a", "b", day=TODAY + DAY) != throw
    assert dice.throw("ab", day=TODAY) != throw


def test_the_key_is_not_told() -> None:
    """Not even in an error message."""
    assert "home" not in repr(Dice(key=b"home"))
