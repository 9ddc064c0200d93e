"""Messages on their way to one session: in order, bounded, kept until acknowledged.

It outlives the connection: what was sent and not acknowledged goes out again, first and marked as
a duplicate, when its client is back (MQTT 3.1.1 section 4.4).
"""

import asyncio
from collections import deque
from dataclasses import dataclass

from edge.adapters.local.broker_limits import BYTES_MOST, MESSAGES_MOST, WINDOW

_IDS = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An application message; `qos` is 0 or 1."""

    topic: str
    payload: bytes
    qos: int
    retain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A message with what its PUBLISH packet needs; `packet_id` is None at QoS 0."""

    message: Message
    packet_id: int | None
    again: bool


class Outbox:
    """A session's queue; `filled` is set when something may be ready to be sent."""

    def __init__(self) -> None:
        self.filled = asyncio.Event()
        self._roomy = asyncio.Event()
        self._roomy.set()
        self._waiting: deque[Message] = deque()
        self._waiting_bytes = 0
        self._sent: dict[int, Message] = {}
        self._again: deque[int] = deque()
        self._last_id = 0

    def __len__(self) -> int:
        return len(self._waiting) + len(self._sent)

    def add(self, message: Message) -> bool:
        """Queue a message.

        Returns:
            False when it was dropped because the outbox is full.
        """
        bytes_then = self._waiting_bytes + len(message.payload)
        if len(self._waiting) >= MESSAGES_MOST or bytes_then > BYTES_MOST:
            return False
        self._waiting.append(message)
        self._waiting_bytes = bytes_then
        self.filled.set()
        self._note_room()
        return True

    def take(self) -> Sending | None:
        """The next message to send; None when there is none or the window is full."""
        if self._again:
            packet_id = self._again.popleft()
            return Sending(message=self._sent[packet_id], packet_id=packet_id, again=True)
        if not self._waiting or (self._waiting[0].qos and len(self._sent) >= WINDOW):
            self.filled.clear()
            return None
        message = self._waiting.popleft()
        self._waiting_bytes -= len(message.payload)
        self._note_room()
        return Sending(message=message, packet_id=self._keep(message), again=False)

    def acknowledge(self, packet_id: int) -> None:
        """The client has the message; an unknown identifier changes nothing."""
        if self._sent.pop(packet_id, None) is not None:
            self._again = deque(one for one in self._again if one != packet_id)
            self.filled.set()

    def rewind(self) -> None:
        """The connection is new: all that was not acknowledged is sent again."""
        self._again = deque(self._sent)
        self.filled.set()

    async def wait_for_room(self, *, most_s: float) -> None:
        """Return when half of the room is free, or after `most_s` seconds."""
        try:
            async with asyncio.timeout(most_s):
                await self._roomy.wait()
        except TimeoutError:
            return

    def _keep(self, message: Message) -> int | None:
        if not message.qos:
            return None
        self._last_id = self._free_id()
        self._sent[self._last_id] = message
        return self._last_id

    def _free_id(self) -> int:
        packet_id = self._last_id % _IDS + 1
        while packet_id in self._sent:
            packet_id = packet_id % _IDS + 1
        return packet_id

    def _note_room(self) -> None:
        half_full = len(self._waiting) * 2 > MESSAGES_MOST or self._waiting_bytes * 2 > BYTES_MOST
        (self._roomy.clear if half_full else self._roomy.set)()
