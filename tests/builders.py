"""Small, valid values to start a test from; each argument changes one thing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from edge.domain.appliance import Appliance, Surface
from edge.domain.category import CategoryName, DataCategory
from edge.domain.consent import Grant, Purpose
from edge.domain.item import EvidenceKind, Item, ItemId
from edge.domain.measures import (
    Amount,
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
from edge.domain.offer import Label, Offer, Words
from edge.domain.placement import Placement
from edge.domain.reaction import Reaction, ReactionKind
from edge.domain.reading import Reading
from edge.domain.stock import RunOut
from tests.fakes.clock import NOON

FRIDGE = DeviceId("fridge-7f3a")
DAY = timedelta(days=1)


def an_item_id(name: str = "butter", *, device: str = FRIDGE) -> ItemId:
    """The fridge's butter."""
    return ItemId(device=DeviceId(device), name=ItemName(name))


def an_item(  # noqa: PLR0913  -- a builder has as many keywords as its value
    name: str = "butter",
    *,
    device: str = FRIDGE,
    category: str = "butter",
    titles: Mapping[str, str] | None = None,
    unit: Unit = Unit.GRAM,
    evidence: EvidenceKind = EvidenceKind.LEVEL,
    package: float | None = 250.0,
    uses_per_package: float | None = None,
) -> Item:
    """A level of butter in grams, 250 to the package."""
    return Item(
        id=an_item_id(name, device=device),
        category=CategoryName(category),
        titles=titles or {"de": "Butter", "en": "butter"},
        unit=unit,
        evidence=evidence,
        package=None if package is None else Amount(package),
        uses_per_package=uses_per_package,
    )


def a_surface(
    name: str = "fridge.door",
    *,
    device: str = FRIDGE,
    suits: frozenset[DataCategory] = frozenset({DataCategory.GROCERIES}),
    title_chars: int = 60,
    body_chars: int = 160,
) -> Surface:
    """The fridge's door."""
    return Surface(
        name=SurfaceName(name),
        device=DeviceId(device),
        suits=suits,
        title_chars=title_chars,
        body_chars=body_chars,
    )


def an_appliance(
    device: str = FRIDGE,
    *,
    items: tuple[Item, ...] | None = None,
    surfaces: tuple[Surface, ...] | None = None,
    paired_at: datetime = NOON - 30 * DAY,
) -> Appliance:
    """A fridge with butter and a door to show something on."""
    return Appliance(
        id=DeviceId(device),
        kind=device.partition("-")[0],
        titles={"de": "Kühlschrank", "en": "fridge"},
        items=(an_item(device=device),) if items is None else items,
        surfaces=(a_surface(device=device),) if surfaces is None else surfaces,
        paired_at=paired_at,
    )


def a_reading(
    value: float = 125.0, *, device: str = FRIDGE, name: str = "butter", time: datetime = NOON
) -> Reading:
    """Half a package of butter, at noon."""
    return Reading(device=DeviceId(device), name=ItemName(name), time=time, value=value)


def a_grant(
    purpose: Purpose = Purpose.OFFER,
    *,
    data: DataCategory = DataCategory.GROCERIES,
    device: str = FRIDGE,
    given_at: datetime = NOON - 30 * DAY,
    ended_at: datetime | None = None,
) -> Grant:
    """A yes to offers for the fridge's groceries, a month ago; its id says what it is for."""
    return Grant(
        id=GrantId(f"g-{purpose}-{data}-{device}"),
        purpose=purpose,
        data=data,
        device=DeviceId(device),
        given_at=given_at,
        ended_at=ended_at,
    )


def a_run_out(*, likely: datetime = NOON + 2 * DAY, spread: timedelta = DAY) -> RunOut:
    """Gone in two days, give or take one."""
    return RunOut(earliest=likely - spread, likely=likely, latest=likely + spread)


def a_need(
    item: ItemId | None = None,
    *,
    category: str = "butter",
    probability: float = 0.9,
    opened_at: datetime = NOON,
    valid_until: datetime = NOON + DAY,
) -> Need:
    """Butter runs low in about two days."""
    item = item or an_item_id()
    return Need(
        id=NeedId(f"n-{item.name}"),
        item=item,
        category=CategoryName(category),
        probability=Probability(probability),
        horizon_days=3.0,
        run_out=a_run_out(),
        evidence=(Evidence(fact=EvidenceFact.LEFT, amount=62.0, unit=Unit.GRAM),),
        opened_at=opened_at,
        valid_until=valid_until,
    )


def an_offer(  # noqa: PLR0913  -- a builder has as many keywords as its value
    offer: str = "lind-butter/week-48/calm",
    *,
    category: str = "butter",
    sponsor: str = "Hofkäserei Lind",
    price: int = 199,
    price_before: int = 259,
    unit_price: int = 796,
    unit_reference: str = "kg",
    flight: tuple[datetime, datetime] = (NOON - DAY, NOON + 6 * DAY),
    per_day: int = 1,
) -> Offer:
    """Butter for 1,99 € instead of 2,59 €, until Saturday."""
    campaign, line_item, _ = offer.split("/")
    return Offer(
        id=OfferId(offer),
        campaign=campaign,
        line_item=line_item,
        category=CategoryName(category),
        label=Label(sponsor=sponsor, payer="Regional eG"),
        words={
            "de": Words(
                title="Süßrahmbutter, 250 g: 1,99 €",
                body="Aus Heumilch, im Laden am Markt.",
                conditions="Bis Samstag, solange der Vorrat reicht.",
                call_to_action="Auf die Einkaufsliste",
            ),
            "en": Words(
                title="Sweet cream butter, 250 g: €1.99",
                body="From hay milk, at the market shop.",
                conditions="Until Saturday, while stocks last.",
                call_to_action="Add to the shopping list",
            ),
        },
        price=EuroCents(price),
        price_before=EuroCents(price_before),
        unit_price=EuroCents(unit_price),
        unit_reference=unit_reference,
        flight_start=flight[0],
        flight_end=flight[1],
        per_day=per_day,
    )


def a_placement(
    placement: str = "p-6c1f9a2e41d70b58",
    *,
    offer: Offer | None = None,
    surface: str = "fridge.door",
    device: str = FRIDGE,
    shown_at: datetime = NOON,
    until: datetime = NOON + timedelta(hours=8),
) -> Placement:
    """The butter offer on the fridge door, since noon."""
    item = an_item_id(device=device)
    return Placement(
        id=PlacementId(placement),
        surface=SurfaceName(surface),
        device=DeviceId(device),
        offer=offer or an_offer(),
        need=NeedId(f"n-{item.name}"),
        item=item,
        shown_at=shown_at,
        until=until,
    )


def a_reaction(
    kind: ReactionKind = ReactionKind.SAVE,
    *,
    placement: str = "p-6c1f9a2e41d70b58",
    at: datetime = NOON,
) -> Reaction:
    """Saved, at once."""
    return Reaction(placement=PlacementId(placement), kind=kind, at=at)
