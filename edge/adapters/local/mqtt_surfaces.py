"""The surfaces of MQTT appliances: what should stand on each `placement` topic, kept standing.

The topics follow what is wanted, not the other way round: it is published at once, again on each
new connection, and a retained placement that is not wanted is taken away when it is met.
"""

from contextlib import suppress
from dataclasses import dataclass

from edge.adapters.local.acl import PREFIX
from edge.adapters.local.mqtt_link import Heard, MqttLink
from edge.domain.appliance import Surface
from edge.domain.measures import DeviceId, SurfaceName
from edge.domain.placement import Placement
from edge.errors import UnreachableError
from edge.wire.encoding import Encoding
from edge.wire.placement import encode_placement

_NOTHING = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    surface: SurfaceName
    payload: bytes


class MqttSurfaces:
    """The `Surfaces` port over MQTT, and a listener of the link.

    It knows nothing after a start: `show` what still stands before the link runs, or it is cleared.
    """

    filters = (f"{PREFIX}/+/placement",)

    def __init__(self, link: MqttLink) -> None:
        self._link = link
        self._wanted: dict[DeviceId, _Wanted] = {}

    async def show(self, placement: Placement, *, language: str) -> None:
        """Put it on its appliance, now or as soon as there is a connection."""
        payload = encode_placement(placement, language=language, encoding=Encoding.JSON)
        await self._want(placement.device, _Wanted(surface=placement.surface, payload=payload))

    async def clear(self, surface: Surface) -> None:
        """Take away what stands on this surface, now or as soon as there is a connection."""
        wanted = self._wanted.get(surface.device)
        if wanted is None or wanted.surface == surface.name:
            await self._want(surface.device, _Wanted(surface=surface.name, payload=_NOTHING))

    async def link_is_up(self) -> None:
        """Say again what should stand where; the broker may have forgotten or missed it."""
        for device in list(self._wanted):
            await self._publish(device)

    async def hear(self, heard: Heard) -> None:
        """Put right what stands retained and should not; our own echo is not retained."""
        device = DeviceId(heard.topic.split("/")[2])
        if heard.retain and heard.payload != self._payload(device):
            await self._publish(device)

    async def _want(self, device: DeviceId, wanted: _Wanted) -> None:
        self._wanted[device] = wanted
        with suppress(UnreachableError):
            await self._publish(device)

    async def _publish(self, device: DeviceId) -> None:
        topic = f"{PREFIX}/{device}/placement"
        await self._link.publish(topic, self._payload(device), retain=True)

    def _payload(self, device: DeviceId) -> bytes:
        wanted = self._wanted.get(device)
        return wanted.payload if wanted else _NOTHING
