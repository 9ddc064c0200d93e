"""From what an appliance says to how much is left."""

import pytest

from benchmarks.truth import item
from edge.domain.item import EvidenceKind
from edge.domain.measures import Unit
from edge.needs.amount import Yardstick, yardstick

WASHES = item(
    "powder",
    category="laundry-detergent",
    evidence=EvidenceKind.USAGE,
    package=1_200.0,
    uses=20.0,
)
EGGS = item("eggs", category="eggs", evidence=EvidenceKind.EVENT, unit=Unit.COUNT, package=10.0)


def read(stick: Yardstick, *values: float) -> tuple[Yardstick, float]:
    """The yardstick and the amount after these values."""
    amount = 0.0
    for value in values:
        stick, amount = stick.read(value)
    return stick, amount


def test_a_scale_says_what_it_means() -> None:
    """A level is an amount."""
    assert read(yardstick(item()), 120.0)[1] == 120.0


def test_a_counter_first_met_stands_in_the_middle_of_a_package() -> None:
    """Half of what can be left, give or take: nobody knows when it was opened."""
    stick, amount = read(yardstick(WASHES), 512.0)
    assert stick.really(amount) == pytest.approx((600.0, 1_200.0 / 12.0**0.5))


def test_an_open_package_is_the_better_known_the_more_is_used() -> None:
    """After fifteen of twenty washes, at most a quarter can be left."""
    stick, amount = read(yardstick(WASHES), 512.0, 527.0)
    assert stick.really(amount) == pytest.approx((150.0, 300.0 / 12.0**0.5))


def test_each_use_takes_its_share_of_the_package() -> None:
    """One of twenty washes takes 60 of 1,200 grams."""
    stick, amount = read(yardstick(WASHES), 512.0, 0.0, 1.0)
    assert stick.really(amount) == pytest.approx((1_140.0, 0.0))


def test_a_counter_set_back_is_a_new_package() -> None:
    """Whoever resets the counter has changed the filter: now the amount is known."""
    stick, amount = read(yardstick(WASHES), 512.0, 0.0)
    assert (amount, stick.zero_sd) == (1_200.0, 0.0)


def test_use_beyond_an_empty_package_means_a_new_one() -> None:
    """A fifth of a package beyond empty, somebody must have bought more."""
    assert read(yardstick(WASHES), 500.0, 524.0)[1] == 0.0
    assert read(yardstick(WASHES), 500.0, 525.0)[1] == pytest.approx(900.0)


def test_in_and_out_are_counted() -> None:
    """Ten eggs in, three out."""
    assert read(yardstick(EGGS), 10.0, -1.0, -1.0, -1.0)[1] == 7.0


def test_more_out_than_in_is_none() -> None:
    """A missed barcode does not make a debt."""
    assert read(yardstick(EGGS), -1.0, -1.0)[1] == 0.0


def test_a_person_tells_the_scale_its_dish() -> None:
    """Who says 50 g where the scale shows 300 has a dish of 250 g."""
    stick, _ = read(yardstick(item()), 300.0)
    assert read(stick.corrected(50.0, sd=10.0), 290.0)[1] == pytest.approx(40.0)


def test_a_person_tells_the_counter_its_package() -> None:
    """Who says 300 g are left is believed over the guess."""
    stick, _ = read(yardstick(WASHES), 512.0)
    stick = stick.corrected(300.0, sd=60.0)
    assert stick.amount() == pytest.approx(300.0)
    assert stick.zero_sd == 60.0


def test_a_person_counts_the_eggs() -> None:
    """After a count the sum goes on from there."""
    stick, _ = read(yardstick(EGGS), 10.0)
    assert read(stick.corrected(4.0, sd=0.0), -1.0)[1] == 3.0
