"""A real household's purchases as a larder."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.larder import DAY
from devices.living import SHOPPING
from devices.purchases import Purchases
from devices.replay import bought, replay


def test_each_purchase_fills_and_the_next_finds_it_used_up() -> None:
    """Full on the day of the purchase, empty just before the next."""
    larder = replay(Purchases(household="1", days={"butter": (3, 10, 31)}))

    assert [c.hour for c in larder.restocks("butter")] == [10 * DAY + SHOPPING, 31 * DAY + SHOPPING]
    assert larder.amount("butter", 3 * DAY + SHOPPING) == 250
    assert larder.amount("butter", 10 * DAY + SHOPPING - 0.1) == 0
    assert larder.amount("butter", 31 * DAY + SHOPPING) == 250


def test_the_sets_own_names_are_understood() -> None:
    """English, Italian and American names of the same thing."""
    days = {
        "FLUID MILK PRODUCTS": (1,),
        "milk": (2,),
        "MILK BY-PRODUCTS": (3,),
        "LIBERO SERVIZIO/FORMAGGI FUSI/FORMAGGI FUSI": (4,),
    }
    household = Purchases(household="1", days=days)

    assert bought(household, "milk") == [1, 2]
    assert bought(household, "cheese") == [4]


def test_what_was_bought_once_has_no_interval() -> None:
    """And is left out: nothing is known of its use."""
    assert replay(Purchases(household="1", days={"butter": (3,), "eggs": (1, 2)})).items == (
        "eggs",
    )


@given(st.sets(st.integers(0, 400), min_size=2, max_size=40))
def test_levels_only_fall_between_purchases(days: set[int]) -> None:
    """Never below zero, in time order, within the life, eggs whole."""
    larder = replay(Purchases(household="1", days={"eggs": tuple(sorted(days))}))
    changes = larder.changes("eggs")

    assert all(0 <= change.amount <= 10 and change.amount % 1 == 0 for change in changes)
    assert all(one.hour < then.hour for one, then in pairwise(changes))
    assert changes[-1].hour < larder.days * DAY
