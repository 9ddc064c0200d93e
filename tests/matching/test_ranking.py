"""Best first, and the same order every time."""

from hypothesis import given
from hypothesis import strategies as st

from edge.matching.ranking import rank_offers, score
from tests.builders import a_need, an_offer


def test_the_bigger_saving_comes_first() -> None:
    """Half price beats a tenth off."""
    half = an_offer("a/a/half", price=100, price_before=200)
    tenth = an_offer("a/a/tenth", price=180, price_before=200)

    ranked = rank_offers([tenth, half], a_need())

    assert [offer for offer, _ in ranked] == [half, tenth]


def test_equal_scores_are_ordered_by_id() -> None:
    """No dice decide."""
    one, two = an_offer("a/a/1"), an_offer("a/a/2")

    assert rank_offers([two, one], a_need()) == rank_offers([one, two], a_need())


def test_no_saving_is_no_value() -> None:
    """The full price is worth nothing as an offer."""
    assert score(an_offer(price=200, price_before=200), a_need()) == 0.0


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 1))
def test_a_score_is_from_zero_to_one(price: int, before: int, probability: float) -> None:
    """Whatever the prices are."""
    offer = an_offer(price=price, price_before=before)

    assert 0.0 <= score(offer, a_need(probability=probability)) <= 1.0
