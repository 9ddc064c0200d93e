"""The Surfaces port over CoAP: what is shown where, and who is told of a change (RFC 7641)."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from edge.domain.appliance import Surface
from edge.domain.measures import DeviceId, SurfaceName
from edge.domain.placement import Placement
from edge.wire.encoding import Encoding
from edge.wire.placement import encode_placement

QUIET_S = 0.25
"""Seconds between two notifications of one observer: one that acknowledges nothing has four a
second waiting for it until it is given up after 93 s, not one for each change."""


class Observer:
    """One observation: wakes its task at a change, or for good when it is over."""

    def __init__(self, device: DeviceId, surface: SurfaceName) -> None:
        self.device = device
        self.surface = surface
        self._woken = asyncio.Event()
        self._over = False

    async def changed(self) -> bool:
        """Wait for a change; several in a short time count as one.

        Returns:
            False when there will be none: the observation is over.
        """
        if not self._over:
            await asyncio.sleep(QUIET_S)
        await self._woken.wait()
        self._woken.clear()
        return not self._over

    def wake(self, *, over: bool = False) -> None:
        """Something changed; or nothing will change any more."""
        self._over = self._over or over
        self._woken.set()


class CoapSurfaces:
    """What each surface of each appliance shows, for those who ask over CoAP.

    Knows nothing of who may ask: the site has seen to that.
    """

    def __init__(self, *, observers_per_device: int = 8) -> None:
        """Start with nothing shown.

        Args:
            observers_per_device: A further observation ends the appliance's oldest, which is one
                that it lost at a restart.
        """
        self._observers_per_device = observers_per_device
        self._shown: dict[tuple[DeviceId, SurfaceName], Mapping[Encoding, bytes]] = {}
        self._observers: list[Observer] = []

    async def show(self, placement: Placement, *, language: str) -> None:
        """Put it on its surface, in place of what is there."""
        place = (placement.device, placement.surface)
        self._shown[place] = {
            encoding: encode_placement(placement, language=language, encoding=encoding)
            for encoding in Encoding
        }
        self._wake(*place)

    async def clear(self, surface: Surface) -> None:
        """Take away whatever is shown there; nothing happens if nothing is."""
        if self._shown.pop((surface.device, surface.name), None) is not None:
            self._wake(surface.device, surface.name)

    def shown(self, device: DeviceId, surface: SurfaceName, encoding: Encoding) -> bytes:
        """What is there now; empty when nothing is."""
        return self._shown.get((device, surface), {}).get(encoding, b"")

    @contextmanager
    def observing(self, device: DeviceId, surface: SurfaceName) -> Iterator[Observer]:
        """Be woken at each change there while the context lasts."""
        observer = Observer(device, surface)
        older = [other for other in self._observers if other.device == device]
        if len(older) >= self._observers_per_device:
            older[0].wake(over=True)
            self._observers.remove(older[0])
        self._observers.append(observer)
        try:
            yield observer
        finally:
            if observer in self._observers:
                self._observers.remove(observer)

    def forget(self, device: DeviceId) -> None:
        """Drop what an appliance shows and end its observations."""
        self._shown = {place: shown for place, shown in self._shown.items() if place[0] != device}
        for observer in [other for other in self._observers if other.device == device]:
            observer.wake(over=True)
            self._observers.remove(observer)

    @property
    def observers(self) -> int:
        """How many observations there are."""
        return len(self._observers)

    def _wake(self, device: DeviceId, surface: SurfaceName) -> None:
        for observer in self._observers:
            if (observer.device, observer.surface) == (device, surface):
                observer.wake()
