"""A small home to keep: a fridge with butter, an e-reader, an offer, and a clock to turn."""

from datetime import UTC, datetime, timedelta

from edge.domain.appliance import Appliance, Surface
from edge.domain.category import CategoryName, DataCategory
from edge.domain.consent import Grant, Purpose
from edge.domain.item import EvidenceKind, Item, ItemId
from edge.domain.measures import (
    Amount,
    DecisionId,
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
from edge.domain.placement import Decision, Exclusion, Placement, Silence, Step
from edge.domain.reading import Reading
from edge.domain.stock import RunOut

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
FRIDGE = DeviceId("fridge-7f3a")
READER = DeviceId("ereader-11c0")
BUTTER = ItemId(device=FRIDGE, name=ItemName("butter"))
BOOK = ItemId(device=READER, name=ItemName("book"))


class TurnedClock:
    """Shows what it was turned to."""

    def __init__(self, instant: datetime = NOON) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


def a_reading(
    minute: float = 0, value: float = 180.0, *, item: ItemId = BUTTER, start: datetime = NOON
) -> Reading:
    """So many grams, so many minutes after noon."""
    time = start + timedelta(minutes=minute)
    return Reading(device=item.device, name=item.name, time=time, value=value)


def an_appliance(device: DeviceId = FRIDGE) -> Appliance:
    """A fridge with a scale below the butter and a panel in its door."""
    return Appliance(
        id=device,
        kind="fridge",
        titles={"de": "Kühlschrank", "en": "fridge"},
        items=(
            Item(
                id=ItemId(device=device, name=ItemName("butter")),
                category=CategoryName("butter"),
                titles={"de": "Butter", "en": "butter"},
                unit=Unit.GRAM,
                evidence=EvidenceKind.LEVEL,
                package=Amount(250.0),
            ),
        ),
        surfaces=(
            Surface(
                name=SurfaceName("fridge.door"),
                device=device,
                suits=frozenset({DataCategory.GROCERIES}),
                title_chars=40,
                body_chars=120,
            ),
        ),
        paired_at=NOON,
    )


def a_grant(
    name: str = "g1",
    purpose: Purpose = Purpose.KEEP,
    *,
    device: DeviceId = FRIDGE,
    given_at: datetime = NOON,
) -> Grant:
    """A standing yes for groceries."""
    return Grant(
        id=GrantId(name),
        purpose=purpose,
        data=DataCategory.GROCERIES,
        device=device,
        given_at=given_at,
    )


def a_need(name: str = "butter-1", item: ItemId = BUTTER) -> Need:
    """Butter will be gone within two days."""
    return Need(
        id=NeedId(name),
        item=item,
        category=CategoryName("butter"),
        probability=Probability(0.8),
        horizon_days=3.0,
        run_out=RunOut(earliest=NOON + DAY, likely=NOON + 2 * DAY, latest=NOON + 4 * DAY),
        evidence=(Evidence(fact=EvidenceFact.LEFT, amount=40.0, unit=Unit.GRAM),),
        opened_at=NOON,
        valid_until=NOON + DAY,
    )


def an_offer() -> Offer:
    """A price cut on butter."""
    words = Words(title="Butter günstiger", body="Nur heute", conditions="", call_to_action="Los")
    return Offer(
        id=OfferId("spring/butter/1"),
        campaign="spring",
        line_item="spring/butter",
        category=CategoryName("butter"),
        label=Label(sponsor="Hofgut", payer="Hofgut eG"),
        words={"de": words, "en": words},
        price=EuroCents(199),
        price_before=EuroCents(249),
        unit_price=EuroCents(796),
        unit_reference="kg",
        flight_start=NOON - DAY,
        flight_end=NOON + DAY,
        per_day=1,
    )


def a_placement(
    name: str = "p1", *, device: DeviceId = FRIDGE, shown_at: datetime = NOON
) -> Placement:
    """The offer on the fridge's door."""
    return Placement(
        id=PlacementId(name),
        surface=SurfaceName("fridge.door"),
        device=device,
        offer=an_offer(),
        need=NeedId("butter-1"),
        item=ItemId(device=device, name=ItemName("butter")),
        shown_at=shown_at,
        until=shown_at + DAY,
    )


def a_decision(
    name: str = "d1", outcome: Placement | Silence | None = None, item: ItemId = BUTTER
) -> Decision:
    """A decision about butter; silent unless told otherwise."""
    return Decision(
        id=DecisionId(name),
        at=NOON,
        item=item,
        category=CategoryName("butter"),
        outcome=outcome or Silence(step=Step.PERMISSION, reason="quiet_hours"),
        need=NeedId("butter-1"),
        probability=Probability(0.8),
        catalogue="ab" * 32,
        scores=((OfferId("spring/butter/1"), 0.7),),
        excluded=(Exclusion(offer=OfferId("spring/butter/2"), rule="daily_cap"),),
        other_categories={CategoryName("milk"): 12},
    )
