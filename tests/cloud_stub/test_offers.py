"""The shipped offers: enough of them, for everything, and readable at home as they were signed."""

from datetime import timedelta

import pytest

from cloud_stub.authoring import SHIPPED, public_categories, read_offers
from cloud_stub.campaign import CategoryOffers
from cloud_stub.lint import lint
from cloud_stub.offer_file import offer_file
from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.wire.catalogue import decode_category
from tests.fakes.clock import NOON


@pytest.fixture(scope="module")
def shipped() -> list[CategoryOffers]:
    """All of them, linted."""
    return lint(read_offers(SHIPPED))


def test_the_public_list_is_the_same_on_both_sides() -> None:
    """The offer side's copy of the categories is the one that homes have."""
    assert public_categories() == set(CATEGORIES)


def test_there_are_offers_for_every_category(shipped: list[CategoryOffers]) -> None:
    """At least 300 offers, 30 sponsors, 40 books, and no category without one."""
    assert {offers.category for offers in shipped} == public_categories()
    assert sum(offers.count() for offers in shipped) >= 300
    assert len({c.sponsor for offers in shipped for c in offers.campaigns}) >= 30
    books = [o for o in shipped if CATEGORIES[CategoryName(o.category)].data is DataCategory.BOOKS]
    assert sum(offers.count() for offers in books) >= 40


@pytest.mark.parametrize("day", [0, 1, 7, 100, 3650])
def test_homes_can_read_every_offer_on_any_day(shipped: list[CategoryOffers], day: int) -> None:
    """What is signed decodes at home, and each category has an offer whose flight is on."""
    now = NOON + timedelta(days=day)
    for offers in shipped:
        decoded = decode_category(offer_file(offers, now=now), CategoryName(offers.category))
        assert len(decoded) == offers.count()
        assert all(now < offer.flight_end for offer in decoded)
        assert any(offer.flight_start <= now for offer in decoded)


def test_conditions_name_the_last_day_of_the_flight(shipped: list[CategoryOffers]) -> None:
    """`{until}` becomes the last day on which the offer holds, in either language."""
    butter = next(offers for offers in shipped if offers.category == "butter")
    offer = decode_category(offer_file(butter, now=NOON), CategoryName("butter"))[0]
    last = offer.flight_end - timedelta(days=1)
    assert offer.words["de"].conditions.startswith(f"Bis {last.day}. ")
    assert offer.words["en"].conditions.startswith(f"Until {last.day} ")


def test_the_same_offers_are_the_same_bytes(shipped: list[CategoryOffers]) -> None:
    """Nothing is published anew within a flight: homes need not fetch it again."""
    assert offer_file(shipped[0], now=NOON) == offer_file(shipped[0], now=NOON + timedelta(hours=6))
