"""Every candidate gets the verdict of every rule."""

from hypothesis import given
from hypothesis import strategies as st

from edge.domain.household import Preferences
from edge.domain.placement import Exclusion
from edge.matching.eligibility import shortlist_offers
from tests.builders import an_offer
from tests.matching.situations import a_situation, an_impression


def test_an_excluded_offer_names_its_rule() -> None:
    """The sponsor is switched off."""
    off = Preferences(blocked_sponsors=frozenset({"Hofkäserei Lind"}))

    shortlist = shortlist_offers([an_offer()], a_situation(preferences=off))

    assert shortlist.eligible == ()
    assert shortlist.excluded == (Exclusion(offer=an_offer().id, rule="blocked_sponsor"),)


def test_every_rule_is_asked_and_not_only_the_first_that_holds() -> None:
    """The sponsor is switched off, and the offer was just seen."""
    off = Preferences(blocked_sponsors=frozenset({"Hofkäserei Lind"}))
    situation = a_situation(preferences=off, impressions=(an_impression(),))

    (excluded,) = shortlist_offers([an_offer()], situation).excluded

    assert excluded.rule == "blocked_sponsor"
    assert {"creative_hourly_cap", "line_item_daily_cap", "sponsor_hourly_cap"} <= {*excluded.also}


@given(st.lists(st.tuples(st.sampled_from(["butter", "milk"]), st.integers(100, 300)), max_size=30))
def test_every_offer_is_in_exactly_one_place(drawn: list[tuple[str, int]]) -> None:
    """Eligible and excluded add up to the candidates."""
    offers = [
        an_offer(f"c{n}/l{n}/x", category=category, price_before=before)
        for n, (category, before) in enumerate(drawn)
    ]

    shortlist = shortlist_offers(offers, a_situation())

    placed = [one.id for one in shortlist.eligible] + [one.offer for one in shortlist.excluded]
    assert sorted(placed) == sorted(offer.id for offer in offers)
