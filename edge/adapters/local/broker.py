"""The broker of the home: inside the runtime, a Mosquitto of ours, or one that is there already."""

import logging
import ssl
from asyncio import TaskGroup
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from edge.adapters.local import acl
from edge.adapters.local.accounts import Accounts
from edge.adapters.local.mosquitto_child import MosquittoChild, open_mosquitto_child

_log = logging.getLogger(__name__)


class BrokerKind(StrEnum):
    """Which broker to use."""

    EMBEDDED = "embedded"
    """In this process, on loopback, for a start without anything installed."""
    MOSQUITTO = "mosquitto"
    """Debian's, as a child of this process."""
    EXTERNAL = "external"
    """One that runs already; its accounts are its operator's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerPlan:
    """What the settings say about the broker.

    Attributes:
        kind: Which.
        host: Where it listens or is reached; the embedded one knows loopback only.
        port: 0 for any free one (not for an external one).
        folder: Where a child keeps its files and sessions; ours alone.
        user, password: For an external one; the others get a password anew at each start.
        tls: For an external one; None for plain TCP.
    """

    kind: BrokerKind
    host: str = "127.0.0.1"
    port: int = 0
    folder: Path
    user: str = acl.RUNTIME
    password: str = ""
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerAddress:
    """Where the runtime connects, and as whom."""

    host: str
    port: int
    user: str
    password: str
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalBroker:
    """A broker that is there.

    Attributes:
        address: Where the runtime connects.
        accounts_changed: To be awaited after appliances were paired or removed.
    """

    address: BrokerAddress
    accounts_changed: Callable[[], Awaitable[None]]


@asynccontextmanager
async def open_broker(
    plan: BrokerPlan, *, accounts: Accounts, password: str, dice: Random, tasks: TaskGroup
) -> AsyncIterator[LocalBroker]:
    """Have a broker while the context lasts.

    Args:
        plan: Which, and where.
        accounts: The paired appliances.
        password: The runtime's own, made anew at each start; not for an external broker.
        dice: For the waits between a child's restarts.
        tasks: Where a child is watched.

    Raises:
        UnreachableError: It cannot be started.
        ValueError: The embedded broker was to listen off loopback, or an external one has no port.
    """
    async with _chosen(plan, accounts, password, dice, tasks) as broker:
        yield broker


def _chosen(
    plan: BrokerPlan, accounts: Accounts, password: str, dice: Random, tasks: TaskGroup
) -> AbstractAsyncContextManager[LocalBroker]:
    match plan.kind:
        case BrokerKind.EMBEDDED:
            return _open_embedded(plan, accounts, password)
        case BrokerKind.MOSQUITTO:
            return _open_mosquitto(plan, accounts, password, dice, tasks)
        case BrokerKind.EXTERNAL:
            return _open_external(plan)


@asynccontextmanager
async def _open_embedded(
    plan: BrokerPlan, accounts: Accounts, password: str
) -> AsyncIterator[LocalBroker]:
    from edge.adapters.local.embedded_broker import (  # noqa: PLC0415  -- only whoever uses amqtt pays for it
        LOOPBACK,
        open_embedded_broker,
    )

    if plan.host != LOOPBACK:
        message = f"the embedded broker listens on {LOOPBACK} only"
        raise ValueError(message)
    opened = open_embedded_broker(accounts=accounts, password=password, port=plan.port)
    async with opened as (broker, port):
        yield LocalBroker(
            address=_own_address(LOOPBACK, port, password), accounts_changed=broker.accounts_changed
        )


@asynccontextmanager
async def _open_mosquitto(
    plan: BrokerPlan, accounts: Accounts, password: str, dice: Random, tasks: TaskGroup
) -> AsyncIterator[LocalBroker]:
    child = MosquittoChild(folder=plan.folder, accounts=accounts, password=password, dice=dice)
    opened = open_mosquitto_child(
        child, folder=plan.folder, host=plan.host, port=plan.port, tasks=tasks
    )
    async with opened as port:
        yield LocalBroker(
            address=_own_address(plan.host, port, password),
            accounts_changed=child.accounts_changed,
        )


@asynccontextmanager
async def _open_external(plan: BrokerPlan) -> AsyncIterator[LocalBroker]:
    if not plan.port:
        message = "an external broker has a port"
        raise ValueError(message)
    yield LocalBroker(
        address=BrokerAddress(
            host=plan.host, port=plan.port, user=plan.user, password=plan.password, tls=plan.tls
        ),
        accounts_changed=_nothing_to_tell,
    )


async def _nothing_to_tell() -> None:
    _log.info("broker.external.accounts unmanaged")


def _own_address(host: str, port: int, password: str) -> BrokerAddress:
    return BrokerAddress(host=host, port=port, user=acl.RUNTIME, password=password)
