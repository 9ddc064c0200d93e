"""Which appliances are there: registrations and their lifetimes (RFC 9176 section 5).

Kept in memory only: after a restart an appliance's update is answered 4.04 and it registers anew.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import NoReturn

from edge.adapters.local.reception import Reception
from edge.domain.measures import DeviceId
from edge.errors import EdgeError
from edge.wire.discovery import LIFETIME_DEFAULT_S

_log = logging.getLogger(__name__)


class Registrations:
    """Passes on who comes and who goes, also who stays away without a word."""

    def __init__(self, reception: Reception, *, monotonic: Callable[[], float]) -> None:
        self._reception = reception
        self._monotonic = monotonic
        self._lifetimes: dict[DeviceId, int] = {}
        self._deadlines: dict[DeviceId, float] = {}
        self._changed = asyncio.Event()

    def __contains__(self, device: DeviceId) -> bool:
        return device in self._deadlines

    async def keep(self, device: DeviceId, *, lifetime_s: int | None) -> None:
        """Register an appliance or extend its registration.

        Args:
            device: Which.
            lifetime_s: Seconds; None: as long as the last time, else the default.
        """
        lifetime = lifetime_s or self._lifetimes.get(device, LIFETIME_DEFAULT_S)
        await self._reception.presence(device, here=True)
        self._lifetimes[device] = lifetime
        self._deadlines[device] = self._monotonic() + lifetime
        self._changed.set()

    async def remove(self, device: DeviceId) -> None:
        """An appliance says goodbye."""
        self.forget(device)
        await self._reception.presence(device, here=False)

    def forget(self, device: DeviceId) -> None:
        """Drop a registration without a word to anybody."""
        self._deadlines.pop(device, None)
        self._lifetimes.pop(device, None)

    async def watch(self) -> NoReturn:
        """Notice each lifetime that passes; runs until it is cancelled."""
        while True:
            for device in [
                each for each, end in self._deadlines.items() if end <= self._monotonic()
            ]:
                await self._lapse(device)
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), self._until_next())
            except TimeoutError:
                continue

    async def _lapse(self, device: DeviceId) -> None:
        try:
            await self.remove(device)
        except EdgeError as error:
            _log.warning("coap.lapse_not_passed_on device=%s: %s", device, type(error).__name__)

    def _until_next(self) -> float | None:
        if not self._deadlines:
            return None
        return max(0.0, min(self._deadlines.values()) - self._monotonic())
