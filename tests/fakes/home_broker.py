"""A broker as the runtime opens it, with two paired appliances."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from os import environ
from pathlib import Path
from random import Random

import pytest

from edge.adapters.local.accounts import Accounts, open_accounts
from edge.adapters.local.broker import BrokerKind, BrokerPlan, LocalBroker, open_broker
from edge.domain.measures import DeviceId
from tests.fakes import mqtt_bytes
from tests.fakes.dice import SeededBytes
from tests.fakes.mqtt_client import RawClient, raw_client

FRIDGE = DeviceId("fridge-7f3a")
EREADER = DeviceId("ereader-02bc")
RUNTIME_PASSWORD = "made anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBroker:
    """A running broker and everybody's password."""

    broker: LocalBroker
    accounts: Accounts
    passwords: dict[str, str]

    @property
    def port(self) -> int:
        """On loopback."""
        return self.broker.address.port

    @asynccontextmanager
    async def client(
        self, user: str, client_id: str | None = None, *, clean: bool = True
    ) -> AsyncIterator[RawClient]:
        """A connected client of that user."""
        async with raw_client(self.port) as client:
            code = await client.connect(
                user if client_id is None else client_id,
                user=user,
                password=self.passwords[user],
                clean=clean,
            )
            assert code == 0
            yield client

    async def forget(self, device: DeviceId) -> None:
        """As the household does it in the page."""
        await self.accounts.remove(device)
        await self.broker.accounts_changed()


@asynccontextmanager
async def open_home_broker(
    kind: BrokerKind, folder: Path, *, port: int = 0
) -> AsyncIterator[HomeBroker]:
    """Start it; a Mosquitto is skipped where none is installed, except in CI."""
    if kind is BrokerKind.MOSQUITTO:
        demand_program("mosquitto")
    accounts = await open_accounts(folder / "accounts", random_bytes=SeededBytes())
    passwords = {"edge": RUNTIME_PASSWORD, "pairing": "pairing"}
    for device in (FRIDGE, EREADER):
        await accounts.remove(device)
        passwords[device] = (await accounts.add(device)).password
    async with AsyncExitStack() as stack:
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        broker = await stack.enter_async_context(
            open_broker(
                BrokerPlan(kind=kind, port=port, folder=folder / "mosquitto"),
                accounts=accounts,
                password=RUNTIME_PASSWORD,
                dice=Random(1),
                tasks=tasks,
            )
        )
        yield HomeBroker(broker=broker, accounts=accounts, passwords=passwords)


def on(device: str, name: str) -> str:
    """A device's topic."""
    return f"doorstep/v1/{device}/{name}"


def fridge_hello(home: HomeBroker, *, keep_alive_s: int = 60, will_of: str = FRIDGE) -> bytes:
    """The fridge's CONNECT, with somebody's `offline` as its will."""
    return mqtt_bytes.connect(
        "f",
        user=FRIDGE,
        password=home.passwords[FRIDGE],
        keep_alive_s=keep_alive_s,
        will=(on(will_of, "availability"), b"offline"),
    )


def demand_program(name: str) -> str:
    """Where a program is; the test is skipped without it, and fails in CI."""
    program = shutil.which(name, path=f"{environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        message = f"{name} is not installed"
        (pytest.fail if environ.get("CI") == "true" else pytest.skip)(message)
    return program
