"""Put one appliance together: its life, its sensors, its person, its transport."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from devices import bookshelf, household
from devices.appliance import Appliance, Sensors
from devices.clock import Clock
from devices.coap_exchange import CoapAddress, open_security
from devices.credentials import Credentials, load_credentials, save_credentials
from devices.ereader import EReader
from devices.firmware import run_firmware
from devices.fridge import Fridge
from devices.joining import join
from devices.larder import Larder
from devices.link import OpenLink
from devices.living import LIFE_DAYS, live
from devices.over_coap import open_coap, pair_over_coap
from devices.over_mqtt import open_mqtt, pair_over_mqtt
from devices.pairing import NONCE_BYTES, Attempt
from devices.purchases import PurchasesError, read_purchases
from devices.reactions import Person
from devices.replay import replay

KINDS = (Fridge.kind, EReader.kind)
"""The products that can be emulated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttAddress:
    """Where the broker is."""

    host: str
    port: int


Address = MqttAddress | CoapAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulation:
    """What is emulated.

    Attributes:
        kind: One of KINDS.
        seed: Of all dice; the same seed lives the same life.
        purchases: A file of real purchases that the fridge replays; None for the built-in life.
        household: Which household of that file; None for its first.
    """

    kind: str
    seed: int
    purchases: Path | None = None
    household: str | None = None

    def sensors(self, *, joined: datetime) -> Sensors:
        """The appliance's sensors, in a life that it joined at that instant.

        Raises:
            PurchasesError: The file of purchases cannot be used.
        """
        if self.kind == EReader.kind:
            shelf = bookshelf.read_on(bookshelf.BUILT_IN, seed=self.seed, days=LIFE_DAYS)
            return EReader(shelf, join(shelf, at=joined))
        larder = self._larder()
        return Fridge(larder, join(larder, at=joined), seed=self.seed)

    def _larder(self) -> Larder:
        if self.purchases is None:
            return live(household.BUILT_IN, seed=self.seed)
        larder = replay(read_purchases(self.purchases, self.household))
        if not larder.items:
            rule = "bought nothing twice that a fridge watches; choose another household: FILE:ID"
            raise PurchasesError(self.purchases, rule)
        return larder


async def pair(
    emulation: Emulation, address: Address, code: str, path: Path, *, clock: Clock
) -> Credentials:
    """Pair by the code that a person read off the runtime, and keep the credentials.

    Raises:
        PairingError: The code is wrong, or no window is open.
        LinkLostError: The runtime does not answer.
    """
    now = clock.now()
    manifest = emulation.sensors(joined=now).manifest()
    attempt = Attempt.with_code(code, manifest, nonce=secrets.token_bytes(NONCE_BYTES))
    if isinstance(address, MqttAddress):
        credentials = await pair_over_mqtt(address.host, address.port, attempt, now=now)
    else:
        credentials = await pair_over_coap(address.hostinfo, attempt, now=now)
    save_credentials(credentials, path)
    return credentials


async def run(
    emulation: Emulation, address: Address, path: Path, *, clock: Clock, backlog_days: float
) -> None:
    """Run the appliance until cancelled."""
    credentials = load_credentials(path)
    sensors = emulation.sensors(joined=credentials.joined)
    person = Person(seed=emulation.seed, name=emulation.kind)
    appliance = Appliance(sensors, person, since=clock.now())
    dice = random.Random(f"{emulation.seed}/{credentials.device}")
    with _link_opener(address, credentials, path, appliance) as open_link:
        await run_firmware(appliance, open_link, clock, dice=dice, backlog_days=backlog_days)


@contextmanager
def _link_opener(
    address: Address, credentials: Credentials, path: Path, appliance: Appliance
) -> Iterator[OpenLink]:
    manifest: dict[str, Any] = appliance.manifest()
    if isinstance(address, MqttAddress):
        yield partial(open_mqtt, address.host, address.port, credentials, manifest)
        return
    with open_security(
        credentials, path.with_name(f"{path.name}.{credentials.device}")
    ) as security:
        yield partial(
            open_coap, address, security, credentials,
            manifest=manifest, surface=appliance.surface,
        )  # fmt: skip
