"""What an offer may say about when, where and how often; absent means the calm default."""

from datetime import time
from typing import Any

import pytest

from edge.domain.daypart import Daypart
from edge.domain.frequency import Cap, CapScope, CapSpan
from edge.domain.offer import Offer
from edge.errors import MalformedError
from edge.wire.catalogue import decode_category
from tests.wire.test_catalogue import BUTTER, category_file, documented_offer


def decoded(**fields: object) -> Offer:
    """The documented offer with these fields more."""
    (offer,) = decode_category(category_file(documented_offer() | fields), BUTTER)
    return offer


def test_absent_fields_mean_the_calm_default() -> None:
    """An offer of before these fields were added."""
    offer = decoded()

    assert (offer.caps, offer.dayparts, offer.regions) == ((), (), frozenset())
    assert (offer.pacing, offer.content, offer.coupon) == (1.0, None, None)


def test_an_offer_may_ask_for_less() -> None:
    """Caps, times, regions, pacing, content and a coupon."""
    offer = decoded(
        caps=[{"scope": "campaign", "span": "week", "most": 2}],
        dayparts=[{"start": "17:00", "until": "20:00", "days": [0, 4]}],
        regions=["DE-BE", "AT"],
        pacing=0.5,
        content=250.0,
        coupon="LIND-48",
    )

    assert offer.caps == (Cap(scope=CapScope.CAMPAIGN, span=CapSpan.WEEK, most=2),)
    evenings = Daypart(start=time(17), until=time(20), days=frozenset({0, 4}))
    assert offer.dayparts == (evenings,)
    assert (offer.regions, offer.pacing) == (frozenset({"DE-BE", "AT"}), 0.5)
    assert (offer.content, offer.coupon) == (250.0, "LIND-48")


@pytest.mark.parametrize(
    "wrong",
    [
        {"caps": [{"scope": "household", "span": "week", "most": 2}]},
        {"caps": [{"scope": "campaign", "span": "year", "most": 2}]},
        {"caps": [{"scope": "campaign", "span": "week", "most": 0}]},
        {"caps": [{"scope": "campaign", "span": "week", "most": 1}] * 21},
        {"dayparts": [{"start": "24:00", "until": "20:00"}]},
        {"dayparts": [{"start": "17:00", "until": "20:00", "days": []}]},
        {"dayparts": [{"start": "17:00", "until": "20:00", "days": [7]}]},
        {"regions": ["berlin"]},
        {"pacing": 0.0},
        {"pacing": 1.5},
        {"content": 0},
        {"coupon": "for Mrs. Miller"},
        {"coupon": "ABC"},
    ],
    ids=str,
)
def test_what_is_out_of_bounds_refuses_the_file(wrong: dict[str, Any]) -> None:
    """A coupon that could name somebody is no coupon."""
    with pytest.raises(MalformedError):
        decoded(**wrong)
