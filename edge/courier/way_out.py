"""The one way out of the home: each message is on record before it is sent, or it is not sent."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from edge.courier.egress_record import EgressRecord, Sending
from edge.courier.errors import CourierError, UnexpectedAnswerError, WithdrawnError
from edge.courier.messages import (
    Greet,
    Message,
    RequestCatalogueFile,
    TakeLeave,
    over_coap,
    over_mqtt,
)
from edge.courier.outdoors import SILENCE_SECONDS, Line, Outdoors
from edge.courier.subscription import Subscription

PULL_SECONDS = 120.0
"""A pull that takes longer ends; the next one goes on where its verified files end."""

PULL_BYTES = 20 * 1024 * 1024
"""More than the largest catalogue of the wire document (60 categories of 256 KiB)."""

_ENCODE = {"coap": over_coap, "mqtt": over_mqtt}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What one pull goes out with.

    Attributes:
        stands: Whether the subscription still stands; asked before each message.
        now: The courier's clock.
        outdoors: Connects, and measures how long it takes.
    """

    subscription: Subscription
    record: EgressRecord
    stands: Callable[[], bool]
    now: Callable[[], datetime]
    outdoors: Outdoors = field(default_factory=Outdoors)


class WayOut:
    """One connection, for one pull."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._encode = _ENCODE[errand.subscription.transport]
        self._deadline = errand.outdoors.tick() + PULL_SECONDS
        self._bytes_left = PULL_BYTES
        self._line: Line | None = None

    def open(self) -> None:
        """Connect and greet; the greeting is on record before the relay hears of us."""
        greeting = self._recorded(Greet())
        self._line = self._errand.outdoors.dial(self._errand.subscription)
        self._line.sendall(greeting)

    def say(self, message: Message) -> None:
        """Record the message, then send it.

        Raises:
            RecordError: It could not be recorded and was not sent.
            WithdrawnError: The subscription does not stand any more; it was not sent.
        """
        self._open_line().sendall(self._recorded(message))

    def hear(self, size: int) -> bytes:
        """Exactly so many bytes.

        Raises:
            UnexpectedAnswerError: More than a pull may bring, or the other side ended.
        """
        heard = bytearray()
        while len(heard) < size:
            heard += self.hear_some(size - len(heard))
        return bytes(heard)

    def hear_some(self, most: int) -> bytes:
        """At least one byte and at most so many, whatever has arrived; raises as `hear` does."""
        part = self._open_line().recv(most)
        self._bytes_left -= len(part)
        if not part or self._bytes_left < 0:
            message = "the other side ended, or sent more than a pull may bring"
            raise UnexpectedAnswerError(message)
        return part

    def close(self) -> None:
        """Take leave if that is still possible, and hang up."""
        if self._line is None:
            return
        with closing(self._line), suppress(OSError, CourierError):  # hanging up is all that is left
            self.say(TakeLeave())

    def _recorded(self, message: Message) -> bytes:
        errand = self._errand
        if not errand.stands():
            reason = "the subscription does not stand any more"
            raise WithdrawnError(reason)
        content = self._encode(message)
        errand.record.add(
            Sending(
                at=errand.now().isoformat(),
                channel=errand.subscription.transport,
                to=f"{errand.subscription.host}:{errand.subscription.port}",
                path=message.path if isinstance(message, RequestCatalogueFile) else "",
                content=content,
            )
        )
        return content

    def _open_line(self) -> Line:
        left = self._deadline - self._errand.outdoors.tick()
        if self._line is None or left <= 0:
            message = "a pull may not take longer"
            raise UnexpectedAnswerError(message)
        self._line.settimeout(min(left, SILENCE_SECONDS))
        return self._line


@contextmanager
def open_way_out(errand: Errand) -> Iterator[WayOut]:
    """A connection that has greeted; it takes leave at the end."""
    way_out = WayOut(errand)
    try:
        way_out.open()
        yield way_out
    finally:
        way_out.close()
