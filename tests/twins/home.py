"""One twin: a real edge and a real courier over one folder, for a waking virtual day."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from edge.adapters.subscription_file import Provisioning, SubscriptionFile
from edge.courier.clock import Clock
from edge.courier.courier import Courier
from edge.courier.outdoors import Outdoors
from edge.courier.schedule import Schedule
from edge.domain.appliance import Appliance
from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.domain.item import Item
from edge.domain.measures import DeviceId, Unit
from edge.domain.reaction import Reaction, ReactionKind
from edge.errors import EdgeError, StoreError
from edge.flow import Flow
from edge.household import choosing, consenting, reacting
from edge.household.home import Home
from edge.household.settling_in import settle_in
from edge.matching.dice import Dice
from edge.rhythm import keep_looking
from tests.builders import a_reading, a_surface, an_appliance, an_item, an_offer
from tests.fakes.clock import NOON
from tests.fakes.outside import FakeLedger, FakePairing, FakeSurfaces, FakeTeller
from tests.fakes.store import FakeStore
from tests.house import FakeShelf, a_catalogue
from tests.twins.days import Act, History, Public, Transport
from tests.twins.public_world import HOUR, Relay, editions
from tests.twins.virtual_time import Departure, VirtualTime, virtual_time

HOURS = 15
"""Three or four pulls: the first is long, the later ones meet a fresh head and new prices."""

WAKE_SECONDS = 1800.0
"""How often the courier looks whether it is time; each second in a real home."""

SLOWLY = 0.04
"""The edge looks around every six hours, besides each reading: a look costs what a pull does."""

_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a private folder in it


def _items(device: int) -> tuple[Item, ...]:
    name = f"fridge-{device:04}"
    if device % 2:
        book = an_item("book", device=name, category="novels", unit=Unit.COUNT, package=400.0)
        return (book,)
    return (an_item(device=name), an_item("milk", device=name, category="milk"))


def _appliance(device: int) -> Appliance:
    name, items = f"fridge-{device:04}", _items(device)
    suits = frozenset({item.data for item in items})
    return an_appliance(name, items=items, surfaces=(a_surface(device=name, suits=suits),))


class StumblingStore(FakeStore):
    """A store whose disk is full now and then."""

    full = False

    async def add_readings(self, readings: object) -> int:
        if self.full:
            raise StoreError("the disk is full")
        return await super().add_readings(readings)  # type: ignore[arg-type]  # passed on as it came


@dataclass(slots=True)
class Edge:
    """The edge process: it can crash, its store cannot."""

    time: VirtualTime
    exchange: Path
    transport: Transport
    history: History
    surfaces: FakeSurfaces = field(default_factory=FakeSurfaces)
    shown: int = 0
    store: StumblingStore = field(init=False)
    home: Home = field(init=False)
    flow: Flow = field(init=False)
    rounds: list[asyncio.Task[None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Everything in its place, nothing running."""
        self.store = StumblingStore(self.time)
        numbers = count(1)
        self.home = Home(
            clock=self.time,
            store=self.store,
            shelf=FakeShelf(
                a_catalogue(
                    an_offer(),
                    an_offer("m/i/lk", category="milk"),
                    an_offer("b/o/ok", category="novels"),
                )
            ),
            surfaces=self.surfaces,
            subscription=SubscriptionFile(
                self.exchange / "subscription.json", _provisioning(self.transport)
            ),
            ledger=FakeLedger(),
            pairing=FakePairing(),
            teller=FakeTeller(),
            dice=Dice(key=b"devices: %d" % self.history.devices),
            region="DE-BE",
            new_id=lambda: f"{next(numbers):04}",
        )
        self.flow = Flow(home=self.home)

    @property
    def appliances(self) -> list[Appliance]:
        """This home's own."""
        return [_appliance(device) for device in range(self.history.devices)]

    async def live(self, consents: tuple[tuple[float, str], ...]) -> None:
        """Move in, then live through consents and acts as they come."""
        for appliance in self.appliances:
            await self.store.put_appliance(appliance)
        await self.wake()
        coming = [(hour, partial(self.consent, what)) for hour, what in consents]
        coming += [(act.hour, partial(self.act, act)) for act in self.history.acts]
        for hour, happen in sorted(coming, key=lambda one: one[0]):
            await asyncio.sleep(max(0.0, hour * HOUR - self.time.tick()))
            with suppress(EdgeError):  # as the doors do: what fails is refused, and life goes on
                await happen()

    async def wake(self) -> None:
        """Start, or start again after a crash."""
        self.flow = Flow(home=self.home)
        await settle_in(self.home, language="de", timezone="Europe/Berlin")
        self.rounds.append(self.time.start(keep_looking(self.flow, speed=SLOWLY)))

    async def consent(self, what: str) -> None:
        """One of CONSENTS, for all that this home has."""
        if what == "offers_off":
            await consenting.offers_off(self.home)
        elif what == "everything_off":
            await consenting.everything_off(self.home)
        else:
            purposes = (Purpose.KEEP, Purpose.INFER, Purpose.OFFER)[: 2 + (what == "everything")]
            for device, data in self._watched():
                await consenting.allow(self.home, purposes, data, device)
            await self._bring_the_past()

    def _watched(self) -> list[tuple[DeviceId, DataCategory]]:
        return sorted({(item.id.device, item.data) for a in self.appliances for item in a.items})

    async def _bring_the_past(self) -> None:
        """Ten days of use of every item, down to what is left."""
        items = [item for appliance in self.appliances for item in appliance.items]
        for number, item in enumerate(items):
            left = self.history.left[number % len(self.history.left)]
            full = float(item.package or 0)
            readings = [
                a_reading(
                    full + (left - full) * step / 5,
                    device=item.id.device,
                    name=item.id.name,
                    time=NOON - timedelta(days=2 * (5 - step)),
                )
                for step in range(6)
            ]
            await self.flow.on_readings(readings)

    async def act(self, act: Act) -> None:
        """What happens in this home only."""
        items = [item for appliance in self.appliances for item in appliance.items]
        item = items[act.item % len(items)]
        match act.kind:
            case "weigh":
                one = {"device": item.id.device, "name": item.id.name, "time": self.time.now()}
                await self.flow.on_readings([a_reading(float(abs(act.value)), **one)])  # type: ignore[arg-type]  # as the builder names them
            case "answer":
                await self._answer(list(ReactionKind)[act.value % len(ReactionKind)])
            case "break":
                lengths = list(choosing.Break)
                await choosing.take_a_break(self.home, lengths[act.value % len(lengths)])
            case "full disk":
                self.store.full = not self.store.full
            case "crash":
                self.rounds.pop().cancel()
                await self.wake()

    async def _answer(self, kind: ReactionKind) -> None:
        standing = await self.store.standing()
        if standing:
            self.shown += 1
            given = Reaction(placement=standing.id, kind=kind, at=self.time.now())
            await reacting.react(self.home, given)


def _provisioning(transport: Transport) -> Provisioning:
    return Provisioning(
        region="DE",
        transport=transport,
        relay="127.0.0.1:7000",
        server_name="catalogue.example",
        ca="pinned",
        root=editions().root,
    )


@dataclass(frozen=True)
class VirtualClock(Clock):
    """The courier's clock, in virtual time."""

    time: VirtualTime | None = None

    def now(self) -> datetime:
        """This instant, there."""
        assert self.time
        return self.time.now()


@dataclass(frozen=True, slots=True)
class Day:
    """What came of it.

    Attributes:
        egress: Everything that somebody outside could see, in order.
        inside: Everything the edge decided; to show that the twins' insides do differ.
    """

    egress: tuple[Departure, ...]
    inside: tuple[str, ...]


def live(public: Public, history: History, *, hours: float = HOURS) -> Day:
    """One home's day."""
    with _folder() as folder, virtual_time() as time:
        exchange = folder / "exchange"
        exchange.mkdir()
        edge = Edge(time, exchange, public.transport, history)
        living = time.start(edge.live(public.consents))
        time.advance(0.001)
        courier = Courier(
            exchange=exchange,
            state=folder / "courier",
            clock=VirtualClock(time=time),
            schedule=Schedule(seed=public.seed),
            outdoors=Outdoors(dial=Relay(time, public.weather).dial, tick=time.tick),
        )
        while time.tick() < hours * HOUR:
            time.advance(min(WAKE_SECONDS, max(1e-6, courier.step())))
        living.result()
        return Day(tuple(time.loop.departures), _inside(edge))


def _inside(edge: Edge) -> tuple[str, ...]:
    decisions = edge.store._decisions
    return tuple(f"{one.at} {one.item} {one.outcome}" for one in decisions)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory: what a home writes durably is not what is under test here."""
    folder = Path(tempfile.mkdtemp(dir=_MEMORY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
