"""Where the courier meets the machine: the connection to the relay, and how time passes there.

TLS 1.3 to the pinned server, failing closed: there is no other authority than the pinned one to
fall back to, no older TLS and no session ticket to be recognised by.
"""

import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from edge.confinement import Confinement, confine
from edge.courier.errors import UnexpectedAnswerError
from edge.courier.subscription import Subscription

SILENCE_SECONDS = 15.0
"""How long the other side may keep us waiting for its next byte."""


class Line(Protocol):
    """An open connection to the catalogue server, through the relay."""

    def sendall(self, content: bytes, /) -> None:
        """Send all of it."""
        ...

    def recv(self, most: int, /) -> bytes:
        """At least one byte and at most so many; none when the other side ended."""
        ...

    def settimeout(self, seconds: float, /) -> None:
        """Wait no longer than this for the next byte."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


def dial_relay(subscription: Subscription) -> Line:
    """Connect to the relay, and through it to the server that the pinned authority vouches for.

    Raises:
        OSError: Nobody answers, or it is not the pinned server (`ssl.SSLError`).
        UnexpectedAnswerError: There is nothing to pin.
    """
    tls = pinned_tls(subscription)
    relay = (subscription.host, subscription.port)
    plain = socket.create_connection(relay, timeout=SILENCE_SECONDS)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return tls.wrap_socket(plain, server_hostname=subscription.server_name)


class ConfiningDial:
    """Dials like `dial_relay`; from the first time on, the kernel lets us reach that port alone.

    Landlock layers only ever take away: a relay that moves to another port needs a new courier.
    """

    def __init__(self) -> None:
        self._confined = False

    def __call__(self, subscription: Subscription) -> Line:
        """Connect; raises as `dial_relay` does."""
        if not self._confined:
            confine(Confinement(datagrams=False, ports=(subscription.port,)))
            self._confined = True
        return dial_relay(subscription)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdoors:
    """What a courier takes from the machine it runs on; the twin test brings its own.

    Attributes:
        dial: Opens the only connection a courier ever has.
        tick: Seconds that only grow, for limits of time.
    """

    dial: Callable[[Subscription], Line] = dial_relay
    tick: Callable[[], float] = time.monotonic
