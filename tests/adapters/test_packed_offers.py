"""Packed offers come out as they went in."""

from dataclasses import replace
from datetime import time

import pytest

from edge.adapters.packed_offers import PackedOffers
from edge.domain.category import CategoryName
from edge.domain.daypart import Daypart
from edge.domain.frequency import Cap, CapScope, CapSpan
from tests.builders import an_offer

BUTTER, MILK = CategoryName("butter"), CategoryName("milk")
FULL = replace(
    an_offer(),
    caps=(Cap(scope=CapScope.SPONSOR, span=CapSpan.WEEK, most=2),),
    dayparts=(Daypart(start=time(17), until=time(20)),),
    regions=frozenset({"DE-BE"}),
)


def test_offers_come_out_as_they_went_in() -> None:
    """Every field, in their order; asking again and for another one in between."""
    packed = PackedOffers([(BUTTER, (FULL, an_offer("x/y/z"))), (MILK, ())])

    assert packed[BUTTER] == (FULL, an_offer("x/y/z"))
    assert packed[MILK] == ()
    assert dict(packed) == {BUTTER: (FULL, an_offer("x/y/z")), MILK: ()}


def test_they_are_counted_without_unpacking() -> None:
    """By category."""
    assert PackedOffers([(BUTTER, (FULL,)), (MILK, ())]).counts == {BUTTER: 1, MILK: 0}


def test_an_absent_category_is_absent() -> None:
    """As in any mapping."""
    packed = PackedOffers([(BUTTER, (FULL,))])

    assert packed.get(MILK, ()) == ()
    with pytest.raises(KeyError):
        packed[MILK]
