"""A whole home over in-memory ports, one day at a time: the middle without network or disk."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from edge.domain.appliance import Appliance
from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.domain.item import Item
from edge.domain.offer import Catalogue, Offer
from edge.domain.placement import Silence
from edge.domain.reading import Reading
from edge.domain.story import Event, Reviewed
from edge.flow import Flow
from edge.household.consenting import allow
from edge.household.home import Home
from edge.matching.dice import Dice
from tests.builders import DAY, FRIDGE, a_reading, an_appliance, an_item, an_offer
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.outside import (
    FakeLedger,
    FakePairing,
    FakeSubscription,
    FakeSurfaces,
    FakeTeller,
)
from tests.fakes.store import FakeStore

EVERYTHING = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)
BUTTER = an_item()


@dataclass
class FakeShelf:
    """A shelf with what is laid on it."""

    catalogue: Catalogue | None

    async def newest(self, *, now: datetime) -> Catalogue | None:
        """What lies there, until it expires."""
        return self.catalogue if self.catalogue and now < self.catalogue.expires_at else None


def a_catalogue(*offers: Offer) -> Catalogue:
    """These offers, by category, valid for a week."""
    names = dict.fromkeys(offer.category for offer in offers)
    return Catalogue(
        version=1,
        digest="ab" * 32,
        expires_at=NOON + 7 * DAY,
        offers={name: tuple(o for o in offers if o.category == name) for name in names},
    )


@dataclass
class House:
    """The home under test, its ports at hand."""

    clock: FakeClock = field(default_factory=FakeClock)
    surfaces: FakeSurfaces = field(default_factory=FakeSurfaces)
    subscription: FakeSubscription = field(default_factory=FakeSubscription)
    pairing: FakePairing = field(default_factory=FakePairing)
    teller: FakeTeller = field(default_factory=FakeTeller)
    shelf: FakeShelf = field(default_factory=lambda: FakeShelf(a_catalogue(an_offer())))

    def __post_init__(self) -> None:
        """Wire it as the runtime does."""
        self.store = FakeStore(self.clock)
        numbers = count(1)
        self.home = Home(
            clock=self.clock,
            store=self.store,
            shelf=self.shelf,
            surfaces=self.surfaces,
            subscription=self.subscription,
            ledger=FakeLedger(),
            pairing=self.pairing,
            teller=self.teller,
            new_id=lambda: f"{next(numbers):04}",
            dice=Dice(key=b"this home"),
            region="DE-BE",
        )
        self.flow = Flow(home=self.home)

    def use(self, store: FakeStore) -> None:
        """Live with another store, a broken one for example."""
        self.store = store
        self.home = replace(self.home, store=store)
        self.flow = Flow(home=self.home)

    async def move_in(self, *, purposes: tuple[Purpose, ...] = EVERYTHING) -> None:
        """A fridge is paired and so much is allowed for its groceries."""
        await self.store.put_appliance(an_appliance())
        if purposes:
            await allow(self.home, purposes, DataCategory.GROCERIES, FRIDGE)

    async def use_butter(self, *, until: float = 20.0) -> None:
        """Twelve days of the same use, four readings a day, down to so many grams."""
        await self.flow.on_readings(butter_going_down(to=until, now=self.clock.now()))

    @property
    def outcome(self) -> object:
        """What the last look at an item came to."""
        reviews = [event for event in self.teller.events if isinstance(event, Reviewed)]
        return reviews[-1].outcome

    @property
    def reason(self) -> str:
        """Why there is silence; empty when there is none."""
        return self.outcome.reason if isinstance(self.outcome, Silence) else ""

    def told(self, kind: type[Event]) -> list[Event]:
        """The story's events of one kind."""
        return [event for event in self.teller.events if isinstance(event, kind)]


def butter_going_down(*, to: float, now: datetime) -> tuple[Reading, ...]:
    """From a full package twelve days ago down to `to` grams now, straight."""
    steps = 48
    return tuple(
        a_reading(
            250.0 + (to - 250.0) * step / steps,
            time=now - timedelta(days=12 * (steps - step) / steps),
        )
        for step in range(steps + 1)
    )


def an_ereader(item: Item) -> Appliance:
    """An e-reader that watches a book and has a lock screen."""
    return an_appliance(item.id.device, items=(item,), surfaces=())
