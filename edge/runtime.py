"""The composition root: opens everything, wires it, and runs it in one TaskGroup of named tasks.

Read it once to know who is connected to whom; nothing else in `edge` knows the concrete classes of
several rooms.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import SystemRandom
from secrets import token_bytes, token_hex
from zoneinfo import ZoneInfo

from edge.adapters.catalogue_shelf import ShelfPlace, SignedShelf
from edge.adapters.control_file import control_file
from edge.adapters.dice_key import open_dice
from edge.adapters.egress_ledger import RecordedEgress
from edge.adapters.folders import make_folders
from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.broker import LocalBroker, open_broker
from edge.adapters.local.coap_server import CoapServer, open_coap
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.adapters.local.mqtt_inbox import MqttInbox
from edge.adapters.local.mqtt_link import MqttLink
from edge.adapters.local.mqtt_surfaces import MqttSurfaces
from edge.adapters.local.pairing import PairingDesk
from edge.adapters.local.reception import Reception
from edge.adapters.local.surfaces import EverySurface
from edge.adapters.log_setup import count_loop_errors
from edge.adapters.store.document_store import open_store
from edge.adapters.subscription_file import SubscriptionFile
from edge.adapters.system_clock import SystemClock
from edge.adapters.tellers import EveryTeller
from edge.adapters.texts import load_texts
from edge.adapters.web.live import Live
from edge.adapters.web.serve import open_page
from edge.domain.appliance import Appliance
from edge.domain.story import Paired
from edge.flow import Flow
from edge.household.home import Home
from edge.household.reacting import react
from edge.household.seeing import surface_names
from edge.household.settling_in import settle_in
from edge.plans import broker_plan, coap_listen, provisioning
from edge.ports import Store, Teller
from edge.rhythm import keep_looking, keep_small, keep_tidy
from edge.settings import Settings

LOOPBACK = "127.0.0.1"
"""The page stays on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the house can be reached, on loopback unless the settings say otherwise."""

    page: str
    mqtt: str
    coap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What the network side is wired from; `Home` holds the rest."""

    settings: Settings
    clock: SystemClock
    accounts: Accounts
    broker: LocalBroker
    link: MqttLink
    mqtt_surfaces: MqttSurfaces
    coap_surfaces: CoapSurfaces
    desk: PairingDesk
    doors: "Doors"


@dataclass(slots=True)
class Doors:
    """Everyone who must know when an appliance was let in or sent away."""

    _told: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def tell_too(self, one: Callable[[], Awaitable[None]]) -> None:
        """One more to tell."""
        self._told.append(one)

    async def accounts_changed(self) -> None:
        """Tell all of them."""
        for tell in self._told:
            await tell()


async def run(
    settings: Settings,
    *,
    clock: SystemClock,
    teller: Teller,
    ready: Callable[[Addresses], None],
) -> None:
    """Keep the house until SIGTERM or SIGINT; `ready` is called once, when every door is open.

    Raises:
        EdgeError: Something could not be opened.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as tasks, open_house(settings, clock, teller, tasks) as house:
        ready(house)
        await stop.wait()


@asynccontextmanager
async def open_house(
    settings: Settings, clock: SystemClock, teller: Teller, tasks: asyncio.TaskGroup
) -> AsyncIterator[Addresses]:
    """The whole house, running in `tasks` while the context lasts."""
    ZoneInfo(settings.edge.timezone)  # read from disk once, before anyone asks for the time of day
    state, live = settings.edge.state, Live()
    await asyncio.to_thread(make_folders, private=state, shared=settings.edge.exchange)
    accounts = await open_accounts(state / "accounts", random_bytes=token_bytes)
    async with (
        open_store(state / "store", keys=state / "keys", clock=clock) as store,
        open_broker(
            broker_plan(settings),
            accounts=accounts,
            password=token_hex(16),
            dice=SystemRandom(),
            tasks=tasks,
        ) as broker,
    ):
        upkeep = tasks.create_task(store.keep_up(), name="store upkeep")
        wiring = _wire(settings, clock, accounts, broker, store)
        home = await _home(wiring, store, EveryTeller([teller, live]))
        try:
            async with _open_network(wiring, home, live, tasks) as addresses:
                yield addresses
        finally:
            upkeep.cancel()


def _wire(
    settings: Settings,
    clock: SystemClock,
    accounts: Accounts,
    broker: LocalBroker,
    store: Store,
) -> Wiring:
    link, doors = MqttLink(broker.address, dice=SystemRandom()), Doors()
    doors.tell_too(broker.accounts_changed)
    return Wiring(
        settings=settings,
        clock=clock,
        accounts=accounts,
        broker=broker,
        link=link,
        mqtt_surfaces=MqttSurfaces(link),
        coap_surfaces=CoapSurfaces(),
        desk=PairingDesk(
            accounts=accounts,
            store=store,
            clock=clock,
            monotonic=asyncio.get_running_loop().time,
            random_bytes=token_bytes,
            accounts_changed=doors.accounts_changed,
        ),
        doors=doors,
    )


async def _home(wiring: Wiring, store: Store, teller: Teller) -> Home:
    settings = wiring.settings
    trusted = await asyncio.to_thread(provisioning, settings)
    exchange = settings.edge.exchange
    place = ShelfPlace(
        shelf=exchange / "shelf", memory=settings.edge.state / "trust", root=trusted.root
    )
    shelf = SignedShelf(place, count=store.count)
    return Home(
        clock=wiring.clock,
        store=store,
        shelf=shelf,
        surfaces=EverySurface([wiring.mqtt_surfaces, wiring.coap_surfaces]),
        subscription=SubscriptionFile(exchange / "subscription.json", trusted),
        ledger=RecordedEgress(exchange / "egress", lambda: shelf.names),
        pairing=wiring.desk,
        teller=teller,
        new_id=lambda: token_hex(8),
        dice=await asyncio.to_thread(open_dice, settings.edge.state),
        region=settings.catalogue.region,
    )


@asynccontextmanager
async def _open_network(
    wiring: Wiring, home: Home, live: Live, tasks: asyncio.TaskGroup
) -> AsyncIterator[Addresses]:
    """Open the doors for appliances and people, then let the house live."""
    settings, flow, token = wiring.settings, Flow(home=home), token_hex(32)
    texts = await asyncio.to_thread(load_texts)
    reception = _reception(wiring, home, flow)
    await settle_in(home, language=settings.edge.language, timezone=settings.edge.timezone)
    async with (
        open_coap(
            coap_listen(settings),
            accounts=wiring.accounts,
            reception=reception,
            surfaces=wiring.coap_surfaces,
            surfaces_of=lambda device: surface_names(home, device),
        ) as coap,
        open_page(
            home, host=LOOPBACK, port=settings.web.port, token=token, live=live, texts=texts
        ) as page,
        control_file(settings.edge.state, page=page, token=token),
        _living(wiring, home, flow, reception, coap, tasks),
    ):
        broker = wiring.broker.address
        host, port = coap.address
        yield Addresses(
            page=page, mqtt=f"{broker.host}:{broker.port}", coap=f"coap://{host}:{port}"
        )


@asynccontextmanager
async def _living(
    wiring: Wiring,
    home: Home,
    flow: Flow,
    reception: Reception,
    coap: CoapServer,
    tasks: asyncio.TaskGroup,
) -> AsyncIterator[None]:
    """Every task of the house, by name."""
    inbox = MqttInbox(
        link=wiring.link,
        reception=reception,
        accounts=wiring.accounts,
        monotonic=asyncio.get_running_loop().time,
    )

    def note(error: str) -> None:
        tasks.create_task(home.store.count(f"loop.{error}"), name="count")

    count_loop_errors(asyncio.get_running_loop(), note)
    wiring.doors.tell_too(coap.accounts_changed)
    wiring.doors.tell_too(inbox.accounts_changed)
    running = [
        tasks.create_task(wiring.link.run([inbox, wiring.mqtt_surfaces]), name="mqtt"),
        tasks.create_task(inbox.answer_pairings(), name="mqtt.pairing"),
        tasks.create_task(coap.run(), name="coap"),
        tasks.create_task(keep_looking(flow, speed=wiring.clock.speed), name="look_around"),
        tasks.create_task(keep_tidy(home, speed=wiring.clock.speed), name="tidy"),
        tasks.create_task(keep_small(), name="small"),
    ]
    try:
        yield
    finally:
        for task in running:
            task.cancel()


def _reception(wiring: Wiring, home: Home, flow: Flow) -> Reception:
    async def describe(appliance: Appliance) -> None:
        home.teller.tell(Paired(appliance=appliance))

    return Reception(
        clock=wiring.clock,
        store=home.store,
        desk=wiring.desk,
        monotonic=asyncio.get_running_loop().time,
        on_readings=flow.on_readings,
        on_reaction=lambda reaction: react(home, reaction),
        on_manifest=describe,
    )
