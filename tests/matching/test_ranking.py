"""Best first, and the same order every time."""

from hypothesis import given
from hypothesis import strategies as st

from edge.domain.reaction import ReactionKind
from edge.matching.ranking import rank_offers, weigh
from tests.builders import DAY, a_need, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression


def test_the_bigger_saving_comes_first() -> None:
    """Half price beats a tenth off."""
    half = an_offer("a/a/half", price=100, price_before=200)
    tenth = an_offer("a/a/tenth", price=180, price_before=200)

    ranked = rank_offers([tenth, half], a_situation())

    assert [offer for offer, _ in ranked] == [half, tenth]


def test_what_was_welcome_comes_before_an_equal_saving() -> None:
    """This home was glad of one sponsor, not of the other."""
    liked = an_offer("a/a/a", sponsor="Lind")
    refused = an_offer("b/b/b", sponsor="Grell")
    answers = tuple(
        an_impression(offer=offer, shown_at=NOON - n * DAY, reaction=kind)
        for n in range(9, 3, -1)
        for offer, kind in ((liked, ReactionKind.SAVE), (refused, ReactionKind.NOT_INTERESTED))
    )

    ranked = rank_offers([refused, liked], a_situation(impressions=answers))

    assert [offer for offer, _ in ranked] == [liked, refused]


def test_the_order_does_not_depend_on_the_order_of_the_catalogue() -> None:
    """The dice fall the same for each offer."""
    one, two, now = an_offer("a/a/1"), an_offer("a/a/2"), a_situation()

    assert rank_offers([two, one], now) == rank_offers([one, two], now)


def test_no_saving_is_no_value() -> None:
    """The full price is worth nothing as an offer."""
    assert weigh(an_offer(price=200, price_before=200), a_situation()).score == 0.0


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0, 1))
def test_a_score_is_from_zero_to_one(price: int, before: int, probability: float) -> None:
    """Whatever the prices are."""
    offer = an_offer(price=price, price_before=before)
    situation = a_situation(need=a_need(probability=probability))

    assert 0.0 <= weigh(offer, situation).score <= 1.0
