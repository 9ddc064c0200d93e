"""The whole catalogue is accounted for: eligible, excluded by a rule, or not needed."""

from hypothesis import given
from hypothesis import strategies as st

from edge.domain.category import CategoryName
from edge.domain.household import Preferences
from edge.domain.offer import Catalogue, Offer
from edge.domain.placement import Exclusion
from edge.matching.eligibility import shortlist_offers
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation


def a_catalogue(*offers: Offer) -> Catalogue:
    """These offers, by category."""
    names = dict.fromkeys(offer.category for offer in offers)
    return Catalogue(
        version=1,
        digest="ab" * 32,
        expires_at=NOON + DAY,
        offers={name: tuple(o for o in offers if o.category == name) for name in names},
    )


def test_offers_nobody_needs_are_counted_by_category() -> None:
    """Milk and eggs are not needed; butter is."""
    milk, eggs = an_offer("a/b/c", category="milk"), an_offer("d/e/f", category="eggs")

    shortlist = shortlist_offers(a_catalogue(milk, eggs, an_offer()), a_situation())

    assert shortlist.eligible == (an_offer(),)
    assert shortlist.other_categories == {CategoryName("milk"): 1, CategoryName("eggs"): 1}


def test_an_excluded_offer_names_its_rule() -> None:
    """The sponsor is switched off."""
    off = Preferences(blocked_sponsors=frozenset({"Hofkäserei Lind"}))

    shortlist = shortlist_offers(a_catalogue(an_offer()), a_situation(preferences=off))

    assert shortlist.eligible == ()
    assert shortlist.excluded == (Exclusion(offer=an_offer().id, rule="blocked_sponsor"),)


@given(st.lists(st.tuples(st.sampled_from(["butter", "milk"]), st.integers(0, 3)), max_size=30))
def test_every_offer_is_in_exactly_one_place(drawn: list[tuple[str, int]]) -> None:
    """Eligible, excluded and not needed add up to the catalogue."""
    offers = [
        an_offer(f"c{n}/l{n}/x", category=category, per_day=cap)
        for n, (category, cap) in enumerate(drawn)
    ]
    catalogue = a_catalogue(*offers)

    shortlist = shortlist_offers(catalogue, a_situation())

    counted = len(shortlist.eligible) + len(shortlist.excluded)
    assert counted + sum(shortlist.other_categories.values()) == len(catalogue)
