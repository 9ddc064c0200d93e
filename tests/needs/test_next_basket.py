"""What the next basket holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.needs.basket_terms import repeat_terms, shopper
from edge.needs.next_basket import PublicItem, next_basket, public_items

COMMON = PublicItem(returns=-1.0, enters=-2.0, popular=-1.0, repeated=-1.0)
RARE = PublicItem(returns=-4.0, enters=-9.0, popular=-7.0, repeated=-3.0)
TABLE = public_items({"milk": COMMON, "bread": COMMON, "caviar": RARE})


def test_what_is_in_every_basket_comes_first() -> None:
    """Habit beats the single purchase."""
    assert next_basket([["milk", "bulb"], ["milk"], ["milk", "jam"]])[0] == "milk"


def test_without_a_table_only_earlier_items_are_named() -> None:
    """Nothing is known of what this household never bought."""
    assert set(next_basket([["milk"], ["bread"]])) == {"milk", "bread"}


def test_with_a_table_new_items_are_named_too() -> None:
    """What many take up comes before what nobody does."""
    named = next_basket([["tea"], ["tea"]], table=TABLE)
    assert named.index("milk") < named.index("caviar")
    assert "tea" in named


def test_a_household_that_never_shopped_is_offered_what_all_take_up() -> None:
    """The table alone still has an order; without it there is nothing to say."""
    assert next_basket([], table=TABLE)[-1] == "caviar"
    assert next_basket([]) == []
    assert next_basket([[]]) == []


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_are_named_than_asked_for(most: int) -> None:
    """The list ends where the asker says."""
    assert len(next_basket([["milk", "tea", "jam"]], most=most, table=TABLE)) == most


def test_an_item_of_a_small_basket_was_wanted() -> None:
    """Bought alone, it is likelier to come back than as one of thirty."""
    many = [f"thing {number}" for number in range(30)]
    household = shopper([["milk"], many])
    alone, along = (repeat_terms(item, household) for item in ("milk", "thing 1"))
    assert alone.wanted > along.wanted


baskets = st.lists(st.lists(st.integers(0, 9), max_size=8, unique=True), max_size=12)


@given(baskets)
def test_nothing_is_named_twice(history: list[list[int]]) -> None:
    """A list of items, not of mentions."""
    named = next_basket(history)
    assert len(named) == len(set(named))
    assert set(named) <= {item for basket in history for item in basket}
