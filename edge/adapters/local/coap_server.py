"""The CoAP server: opened, told of changes among the appliances, closed (docs/wire/coap.md)."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NoReturn

from aiocoap.protocol import Context

from edge.adapters.local.accounts import Accounts
from edge.adapters.local.coap_endpoint import attach, bound_socket
from edge.adapters.local.coap_guard import CoapGuard, CoapLimits
from edge.adapters.local.coap_oscore import OscoreContexts
from edge.adapters.local.coap_registrations import Registrations
from edge.adapters.local.coap_resources import Resources, SurfacesOf
from edge.adapters.local.coap_site import CoapSite
from edge.adapters.local.coap_surfaces import CoapSurfaces
from edge.adapters.local.reception import Reception
from edge.errors import UnreachableError

_log = logging.getLogger(__name__)

REPORT_S = 60.0
"""Seconds between two lines about what was turned away; none when nothing was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoapListen:
    """Where and how to listen.

    Attributes:
        host: One of our addresses, IPv4 or IPv6; `::` for all.
        port: 0: any free one.
        plain: Development only: from loopback, an appliance may name itself instead of proving it.
    """

    host: str
    port: int = 5683
    plain: bool = False
    limits: CoapLimits = field(default_factory=CoapLimits)


class CoapServer:
    """An open CoAP server."""

    def __init__(
        self,
        address: tuple[str, int],
        *,
        accounts: Accounts,
        contexts: OscoreContexts,
        registrations: Registrations,
        site: CoapSite,
        guard: CoapGuard,
    ) -> None:
        self._address = address
        self._accounts = accounts
        self._contexts = contexts
        self._registrations = registrations
        self._site = site
        self._guard = guard

    @property
    def address(self) -> tuple[str, int]:
        """Host and port it listens on."""
        return self._address

    @property
    def turned_away(self) -> Mapping[str, int]:
        """What was dropped or refused before it reached the reception, by dotted name."""
        return MappingProxyType(self._guard.turned_away)

    async def accounts_changed(self) -> None:
        """Let new appliances in; a forgotten one's context, placement and observations end now."""
        for device in await self._contexts.follow(self._accounts):
            self._registrations.forget(device)
            self._site.forget(device)

    async def run(self) -> NoReturn:
        """Notice appliances that stay away, and say now and then what was turned away.

        A task of the runtime's group; the server answers without it too.
        """
        async with asyncio.TaskGroup() as group:
            group.create_task(self._registrations.watch(), name="coap.registrations")
            group.create_task(self._report(), name="coap.report")
        raise AssertionError

    async def _report(self) -> NoReturn:
        told: Counter[str] = Counter()
        while True:
            await asyncio.sleep(REPORT_S)
            fresh = self._guard.turned_away - told
            if fresh:
                told = self._guard.turned_away.copy()
                _log.warning("coap.turned_away %s", " ".join(f"{k}={n}" for k, n in fresh.items()))


@asynccontextmanager
async def open_coap(
    listen: CoapListen,
    *,
    accounts: Accounts,
    reception: Reception,
    surfaces: CoapSurfaces,
    surfaces_of: SurfacesOf,
) -> AsyncIterator[CoapServer]:
    """Listen for appliances while the context lasts.

    Args:
        listen: Where and how.
        accounts: Who is paired, and where its OSCORE context is.
        reception: Takes what appliances say.
        surfaces: What they are shown.
        surfaces_of: Which surfaces an appliance has, by its manifest.

    Raises:
        UnreachableError: The address is not ours, or the port is taken.
    """
    monotonic = asyncio.get_running_loop().time
    guard = CoapGuard(listen.limits)
    contexts = OscoreContexts()
    registrations = Registrations(reception, monotonic=monotonic)
    site = CoapSite(
        resources=Resources(
            reception=reception,
            registrations=registrations,
            surfaces=surfaces,
            surfaces_of=surfaces_of,
        ),
        surfaces=surfaces,
        contexts=contexts,
        guard=guard,
        may_be_plain=lambda device: listen.plain and device in accounts.devices(),
    )
    async with _following(contexts, accounts), _serving(listen, site, guard) as address:
        yield CoapServer(
            address,
            accounts=accounts,
            contexts=contexts,
            registrations=registrations,
            site=site,
            guard=guard,
        )


@asynccontextmanager
async def _following(contexts: OscoreContexts, accounts: Accounts) -> AsyncIterator[None]:
    try:
        await contexts.follow(accounts)
        yield
    finally:
        await contexts.close()


@asynccontextmanager
async def _serving(
    listen: CoapListen, site: CoapSite, guard: CoapGuard
) -> AsyncIterator[tuple[str, int]]:
    try:
        bound = bound_socket(listen.host, listen.port)
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else "the host must be an IP address"
        whom = f"coap://{listen.host}:{listen.port}"
        raise UnreachableError(whom, detail or "") from error
    # Held until the end: a context that nobody holds is collected, its port silently closed.
    context = Context(serversite=site, loggername="aiocoap")
    await attach(context, bound, guard)
    try:
        yield listen.host, bound.getsockname()[1]
    finally:
        await context.shutdown()
