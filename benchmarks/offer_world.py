"""Seeded catalogues and histories for the benchmarks of matching."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from edge.adapters.packed_offers import PackedOffers
from edge.domain.appliance import Surface
from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.consent import ConsentedNeed, Grant, Purpose
from edge.domain.facts import Facts
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import (
    DeviceId,
    EuroCents,
    GrantId,
    ItemName,
    NeedId,
    OfferId,
    PlacementId,
    Probability,
    SurfaceName,
    Unit,
)
from edge.domain.need import Evidence, EvidenceFact, Need
from edge.domain.offer import Catalogue, Label, Offer, Words
from edge.domain.reaction import Impression, ReactionKind
from edge.domain.stock import RunOut

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BUTTER = CategoryName("butter")
FRIDGE = DeviceId("fridge-7f3a")
SPONSORS = tuple(f"Sponsor {number}" for number in range(40))
WORDS = Words(
    title="Süßrahmbutter, 250 g: 1,99 €",
    body="Aus Heumilch, im Laden am Markt.",
    conditions="Bis Samstag, solange der Vorrat reicht.",
    call_to_action="Auf die Einkaufsliste",
)
"""Shared by all offers: texts would otherwise be most of what is measured."""


def an_offer(number: int, category: CategoryName, dice: random.Random, *, now: datetime) -> Offer:
    """One of many: price cut from nothing to half, valid now nine times in ten."""
    before = dice.randrange(150, 1_500)
    start = now - dice.randrange(1, 10) * DAY
    return Offer(
        id=OfferId(f"campaign-{number // 8}/line-{number // 2}/creative-{number}"),
        campaign=f"campaign-{number // 8}",
        line_item=f"line-{number // 2}",
        category=category,
        label=Label(sponsor=dice.choice(SPONSORS), payer="Regional eG"),
        words={"de": WORDS, "en": WORDS},
        price=EuroCents(int(before * dice.uniform(0.5, 1.0))),
        price_before=EuroCents(before),
        unit_price=EuroCents(before * 4),
        unit_reference="kg",
        flight_start=start,
        flight_end=start + dice.randrange(9, 20) * DAY,
        per_day=1,
        regions=frozenset({"DE-BE"}) if dice.random() < 0.2 else frozenset(),
        pacing=dice.choice([1.0, 1.0, 1.0, 0.5]),
    )


def a_catalogue(count: int, *, seed: int = 6) -> Catalogue:
    """So many offers, spread evenly over all categories."""
    offers = PackedOffers(_by_category(count, random.Random(seed)))
    return Catalogue(
        version=1,
        digest="ab" * 32,
        expires_at=NOON + 7 * DAY,
        offers=offers,
        counts=offers.counts,
    )


def _by_category(
    count: int, dice: random.Random
) -> Iterator[tuple[CategoryName, tuple[Offer, ...]]]:
    """One category after the other, as the shelf reads them."""
    for at, name in enumerate(CATEGORIES):
        numbers = range(at, count, len(CATEGORIES))
        yield name, tuple(an_offer(number, name, dice, now=NOON) for number in numbers)


def a_past(catalogue: Catalogue, *, seed: int = 6, shown: int = 200) -> tuple[Impression, ...]:
    """So many offers for butter and milk shown over the last year, half of them answered."""
    dice = random.Random(seed)
    offers = catalogue.offers[BUTTER] + catalogue.offers[CategoryName("milk")]
    times = sorted(NOON - dice.uniform(2, 360) * DAY for _ in range(shown))
    return tuple(an_impression(dice.choice(offers), at, dice) for at in times)


def an_impression(offer: Offer, at: datetime, dice: random.Random) -> Impression:
    """It was shown then; every second one was answered, kindly three times in four."""
    kind = dice.choice([ReactionKind.HELPFUL, ReactionKind.SAVE, ReactionKind.HELPFUL])
    answer = dice.choice([kind, kind, kind, ReactionKind.NOT_NOW])
    return Impression(
        placement=PlacementId(f"p-{at.timestamp():.0f}"),
        offer=offer.id,
        line_item=offer.line_item,
        campaign=offer.campaign,
        sponsor=offer.label.sponsor,
        category=offer.category,
        need=NeedId("n-before"),
        surface=SurfaceName("fridge.door"),
        device=FRIDGE,
        shown_at=at,
        reaction=answer if dice.random() < 0.5 else None,
    )


def some_facts(category: CategoryName = BUTTER, *, now: datetime = NOON) -> Facts:
    """A need for one category in a home with three surfaces."""
    return Facts(
        need=a_consented_need(category, now=now),
        open=True,
        answered=False,
        standing=None,
        preferences=Preferences(),
        surfaces=tuple(a_surface(name) for name in ("fridge.door", "hall.panel", "ereader.lock")),
        in_use=frozenset(),
        enough_elsewhere=False,
        region="DE-BE",
        storage_healthy=True,
        catalogue_until=now + DAY,
        package=250.0,
        unit=Unit.GRAM,
        now=now,
    )


def a_consented_need(
    category: CategoryName, *, now: datetime, probability: float = 0.9, name: str = "n-1"
) -> ConsentedNeed:
    """It runs out in two days; offers for it are allowed."""
    item = ItemId(device=FRIDGE, name=ItemName(category))
    gone = RunOut(earliest=now + DAY, likely=now + 2 * DAY, latest=now + 3 * DAY)
    need = Need(
        id=NeedId(name),
        item=item,
        category=category,
        probability=Probability(probability),
        horizon_days=3.0,
        run_out=gone,
        evidence=(Evidence(fact=EvidenceFact.RATE, amount=20.0),),
        opened_at=now,
        valid_until=now + DAY,
    )
    grant = Grant(
        id=GrantId("g-1"),
        purpose=Purpose.OFFER,
        data=need.data,
        device=FRIDGE,
        given_at=now - DAY,
    )
    return ConsentedNeed(need=need, grant=grant)


def a_surface(name: str) -> Surface:
    """A surface for everything."""
    return Surface(
        name=SurfaceName(name),
        device=FRIDGE,
        suits=frozenset(DataCategory),
        title_chars=60,
        body_chars=160,
    )
