"""A home worth looking at: a fridge and an e-reader, weeks of readings, an offer on the door."""

from dataclasses import replace
from datetime import datetime, timedelta

from edge.domain.appliance import Appliance
from edge.domain.category import DataCategory
from edge.domain.egress import EgressMessage
from edge.domain.item import EvidenceKind, Item
from edge.domain.measures import Unit
from edge.domain.offer import Offer
from edge.domain.reading import Reading
from edge.household.consenting import allow
from tests.builders import (
    DAY,
    FRIDGE,
    a_reading,
    a_surface,
    an_appliance,
    an_item,
    an_offer,
)
from tests.house import EVERYTHING, FakeShelf, House, a_catalogue

EREADER = "ereader-2c91"

MILK = an_item(
    "milk",
    category="milk",
    titles={"de": "Milch", "en": "milk"},
    unit=Unit.MILLILITRE,
    package=1000.0,
)
CHEESE = an_item("cheese", category="cheese", titles={"de": "Käse", "en": "cheese"}, package=400.0)
SALT = an_item(
    "salt",
    category="dishwasher-salt",
    titles={"de": "Spülmaschinensalz", "en": "dishwasher salt"},
    package=1500.0,
)
DOOR = an_item("door", titles={"de": "Tür", "en": "door"}, evidence=EvidenceKind.CONTEXT)
BOOK = an_item(
    "book",
    device=EREADER,
    category="crime-novels",
    titles={"de": "Der Richter und sein Henker", "en": "The Judge and His Hangman"},
    unit=Unit.COUNT,
    package=190.0,
)
STEPS_A_DAY = 4


def fridge() -> Appliance:
    """Butter, milk, cheese and dishwasher salt (someone keeps it there), and its door."""
    return an_appliance(
        items=(an_item(), MILK, CHEESE, SALT, DOOR),
        surfaces=(a_surface(suits=frozenset({DataCategory.GROCERIES, DataCategory.HOUSEHOLD})),),
    )


def ereader() -> Appliance:
    """One book, and a lock screen."""
    appliance = an_appliance(
        EREADER,
        items=(BOOK,),
        surfaces=(
            a_surface("ereader.lock", device=EREADER, suits=frozenset({DataCategory.BOOKS})),
        ),
    )
    return replace(appliance, titles={"de": "E-Reader", "en": "e-reader"})


def used(item: Item, *, full: float, daily: float, left: float, now: datetime) -> list[Reading]:
    """Four readings a day, the same use every day, restocked whenever nothing was left."""
    steps = 20 * STEPS_A_DAY
    back = [(step, now - step * DAY / STEPS_A_DAY) for step in range(steps)]
    levels = [((left + daily * step / STEPS_A_DAY) % full, at) for step, at in back]
    return [
        a_reading(round(level, 1), device=item.id.device, name=item.id.name, time=at)
        for level, at in reversed(levels)
    ]


def offers() -> tuple[Offer, ...]:
    """Butter from three sponsors: one to show, one over, one for tea."""
    flown = an_offer("milkhouse-butter/week-47/calm", sponsor="Milchhaus Auental")
    return (
        an_offer(),
        replace(flown, flight_end=flown.flight_start + timedelta(hours=1)),
        an_offer("teahouse/week-48/calm", category="tea", sponsor="Teehaus Brook"),
    )


async def furnish(house: House, *, hour: float = 0.0) -> House:
    """Everything paired, allowed and read; the butter's offer stands on the fridge door."""
    house.clock.move(timedelta(hours=hour))
    now = house.clock.now()
    for appliance in (fridge(), ereader()):
        await house.store.put_appliance(appliance)
    await allow(house.home, EVERYTHING, DataCategory.GROCERIES, FRIDGE)
    await allow(house.home, EVERYTHING[:2], DataCategory.HOUSEHOLD, FRIDGE)
    await allow(house.home, EVERYTHING[:2], DataCategory.BOOKS, BOOK.id.device)
    for readings in (
        used(an_item(), full=250.0, daily=24.0, left=47.0, now=now),
        used(MILK, full=1000.0, daily=190.0, left=730.0, now=now),
        used(CHEESE, full=400.0, daily=31.0, left=290.0, now=now),
        used(SALT, full=1500.0, daily=14.0, left=1210.0, now=now),
        used(BOOK, full=190.0, daily=21.0, left=64.0, now=now),
    ):
        await house.flow.on_readings(readings)
    return house


def a_message(number: int, *, at: datetime, explained: bool = True) -> EgressMessage:
    """One request of the courier."""
    return EgressMessage(
        at=at - number * timedelta(hours=1),
        channel="coap",
        to="relay.example:5684",
        purpose="offer",
        asks_for="timestamp.json",
        size=412,
        explained=explained,
    )


def a_shelf() -> FakeShelf:
    """The catalogue of `offers`."""
    return FakeShelf(a_catalogue(*offers()))
