"""The one way out of the home: TLS 1.3 to the pinned server, through the relay, each word recorded.

Failing closed: there is no other authority than the pinned one to fall back to, no older TLS, no
session ticket to be recognised by, and no message that is not on record before it is sent.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
from edge.courier.subscription import Subscription

PULL_SECONDS = 120.0
"""A pull that takes longer ends; the next one goes on where its verified files end."""

PULL_BYTES = 20 * 1024 * 1024
"""More than the largest catalogue of the wire document (60 categories of 256 KiB)."""

_SILENCE_SECONDS = 15.0

_ENCODE = {"coap": over_coap, "mqtt": over_mqtt}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What one pull goes out with.

    Attributes:
        stands: Whether the subscription still stands; asked before each message.
        now: The courier's clock.
    """

    subscription: Subscription
    record: EgressRecord
    stands: Callable[[], bool]
    now: Callable[[], datetime]


class WayOut:
    """One connection, for one pull."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._encode = _ENCODE[errand.subscription.transport]
        self._deadline = time.monotonic() + PULL_SECONDS
        self._bytes_left = PULL_BYTES
        self._tls: ssl.SSLSocket | None = None

    def open(self) -> None:
        """Connect and greet; the greeting is on record before the relay hears of us."""
        errand = self._errand
        greeting = self._recorded(Greet())
        tls = pinned_tls(errand.subscription)
        relay = (errand.subscription.host, errand.subscription.port)
        plain = socket.create_connection(relay, timeout=_SILENCE_SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._tls = tls.wrap_socket(plain, server_hostname=errand.subscription.server_name)
        self._tls.sendall(greeting)

    def say(self, message: Message) -> None:
        """Record the message, then send it.

        Raises:
            RecordError: It could not be recorded and was not sent.
            WithdrawnError: The subscription does not stand any more; it was not sent.
        """
        self._socket().sendall(self._recorded(message))

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
        part = self._socket().recv(most)
        self._bytes_left -= len(part)
        if not part or self._bytes_left < 0:
            message = "the other side ended, or sent more than a pull may bring"
            raise UnexpectedAnswerError(message)
        return part

    def close(self) -> None:
        """Take leave if that is still possible, and hang up."""
        if self._tls is None:
            return
        with self._tls, suppress(OSError, CourierError):  # hanging up is all that is left then
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

    def _socket(self) -> ssl.SSLSocket:
        left = self._deadline - time.monotonic()
        if self._tls is None or left <= 0:
            message = "a pull may not take longer"
            raise UnexpectedAnswerError(message)
        self._tls.settimeout(min(left, _SILENCE_SECONDS))
        return self._tls


@contextmanager
def open_way_out(errand: Errand) -> Iterator[WayOut]:
    """A connection that has greeted; it takes leave at the end."""
    way_out = WayOut(errand)
    try:
        way_out.open()
        yield way_out
    finally:
        way_out.close()


def pinned_tls(subscription: Subscription) -> ssl.SSLContext:
    """TLS that trusts the pinned authority alone.

    Raises:
        UnexpectedAnswerError: There is nothing to pin.
    """
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # an empty store: the system's is never loaded
    tls.minimum_version = ssl.TLSVersion.TLSv1_3
    tls.options |= ssl.OP_NO_TICKET
    tls.set_alpn_protocols([subscription.transport])
    try:
        tls.load_verify_locations(cadata=subscription.ca)
    except (ssl.SSLError, ValueError) as error:
        message = "the pinned certificate authority is not a certificate"
        raise UnexpectedAnswerError(message) from error
    return tls
