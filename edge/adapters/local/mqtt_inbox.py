"""What appliances say over MQTT, handed to the reception; refusals go back to whoever wrote.

doorstep/v1/<device>/{manifest,readings,availability,reaction}    -> reception, else `errors`
doorstep/v1/pairing/<nonce>/request                               -> reception -> `answer`
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Never

from edge.adapters.local.accounts import Accounts
from edge.adapters.local.acl import PAIRING, PREFIX, RETAINED
from edge.adapters.local.mqtt_link import Heard, MqttLink
from edge.adapters.local.rate_limit import RateLimit
from edge.adapters.local.reception import Reception
from edge.domain.measures import DeviceId
from edge.errors import MalformedError, RefusedError, StoreError, UnreachableError
from edge.wire.encoding import Encoding
from edge.wire.refusal import encode_no_pairing, encode_refusal

ERRORS_PER_SECOND = 1.0
ERRORS_AT_ONCE = 20
"""For each appliance: a firmware that floods is told why, and not in a flood."""

PAIRINGS_WAITING_MOST = 8
"""A refused one takes a second; beyond this the request is dropped and the appliance asks again."""

_PRESENCE = {b"online": True, b"offline": False}

_log = logging.getLogger(__name__)


class MqttInbox:
    """A listener of the link.

    Args:
        link: Where answers go.
        reception: Who decides.
        accounts: Who is paired; nobody else is told anything.
        monotonic: Seconds of real time, for the rate of error messages.
    """

    filters = (
        *(f"{PREFIX}/+/{name}" for name in ("manifest", "readings", "availability", "reaction")),
        f"{PREFIX}/{PAIRING}/+/request",
    )

    def __init__(
        self,
        *,
        link: MqttLink,
        reception: Reception,
        accounts: Accounts,
        monotonic: Callable[[], float],
    ) -> None:
        self._link = link
        self._reception = reception
        self._accounts = accounts
        self._paired = frozenset(accounts.users())
        self._errors = RateLimit(
            per_second=ERRORS_PER_SECOND, burst=ERRORS_AT_ONCE, monotonic=monotonic
        )
        self._pairings: asyncio.Queue[Heard] = asyncio.Queue(PAIRINGS_WAITING_MOST)

    async def link_is_up(self) -> None:
        """Nothing to do: who is there says so again with its retained `availability`."""

    async def hear(self, heard: Heard) -> None:
        """Hand over a message; what is wrong with it is told on the device's `errors` topic."""
        who, name = heard.topic.removeprefix(f"{PREFIX}/").split("/", 1)
        if who == PAIRING and name.endswith("/request"):
            self._queue_pairing(heard)
        elif heard.retain and who not in self._accounts.users():
            await self._take_away(DeviceId(who), name)
        elif heard.payload or name not in RETAINED:
            await self._hand_over(DeviceId(who), name, heard.payload)

    async def answer_pairings(self) -> Never:
        """Answer requests to be let in, one after the other, apart from everything else."""
        while True:
            heard = await self._pairings.get()
            topic = f"{heard.topic.removesuffix('/request')}/answer"
            await self._publish(topic, await self._pairing_answer(heard.payload))

    async def accounts_changed(self) -> None:
        """Take away what forgotten appliances left standing.

        Without a connection it is taken away when it is met on the next one.
        """
        before, self._paired = self._paired, frozenset(self._accounts.users())
        for device in before - self._paired:
            for name in RETAINED:
                await self._take_away(DeviceId(device), name)

    async def _take_away(self, device: DeviceId, name: str) -> None:
        await self._publish(f"{PREFIX}/{device}/{name}", b"", retain=True)

    async def _hand_over(self, device: DeviceId, name: str, payload: bytes) -> None:
        try:
            await self._ways()[name](device, payload)
        except (MalformedError, RefusedError) as error:
            await self._tell(device, name, error)
        except StoreError:
            await self._tell(device, name, RefusedError(name, "not kept: send it again later"))

    def _ways(self) -> dict[str, Callable[[DeviceId, bytes], Awaitable[None]]]:
        reception = self._reception
        return {
            "manifest": reception.manifest,
            "readings": lambda device, said: reception.readings(device, said, Encoding.JSON),
            "reaction": lambda device, said: reception.reaction(device, said, Encoding.JSON),
            "availability": self._availability,
        }

    async def _availability(self, device: DeviceId, payload: bytes) -> None:
        here = _PRESENCE.get(payload)
        if here is None:
            raise MalformedError("availability", "must be `online` or `offline`")
        await self._reception.presence(device, here=here)

    async def _tell(
        self, device: DeviceId, name: str, error: MalformedError | RefusedError
    ) -> None:
        if device in self._accounts.users() and not self._errors.wait(device):
            await self._publish(f"{PREFIX}/{device}/errors", encode_refusal(error, topic=name))

    def _queue_pairing(self, heard: Heard) -> None:
        try:
            self._pairings.put_nowait(heard)
        except asyncio.QueueFull:
            _log.warning("mqtt.pairing.crowded")

    async def _pairing_answer(self, payload: bytes) -> bytes:
        try:
            return await self._reception.pairing(payload, Encoding.JSON)
        except (MalformedError, RefusedError, StoreError):
            return encode_no_pairing(Encoding.JSON)

    async def _publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Say it if there is somebody to say it to: an answer is worth no waiting."""
        with suppress(UnreachableError):
            await self._link.publish(topic, payload, retain=retain)
