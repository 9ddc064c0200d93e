"""The UDP socket and what lies right above it, bounded where aiocoap bounds nothing.

Closed here (ADR 0051): a datagram that cannot be decoded raises into the event loop; every request
is remembered for 247 s; every option number and content format ever seen is kept for good.
"""

import ipaddress
import logging
import socket
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from aiocoap import error as coap_errors
from aiocoap.message import Message
from aiocoap.messagemanager import MessageManager
from aiocoap.numbers.contentformat import ContentFormat
from aiocoap.numbers.optionnumbers import OptionNumber
from aiocoap.numbers.types import Type
from aiocoap.protocol import Context
from aiocoap.tokenmanager import TokenManager
from aiocoap.transports.udp6 import MessageInterfaceUDP6, UDP6EndpointAddress
from aiocoap.util import socknumbers
from aiocoap.util.asyncio.recvmsg import create_recvmsg_datagram_endpoint

from edge.adapters.local.coap_guard import CoapGuard

_log = logging.getLogger(__name__)

DATAGRAM_MOST = 1_500
"""Bytes: a block of 1024 with the options and the seal around it; more never fits a frame."""

UNKNOWN_NUMBERS_MOST = 1_024
"""How many unknown option numbers or content formats aiocoap may keep before they are dropped."""

EXCHANGE_S = 247.0
"""EXCHANGE_LIFETIME of RFC 7252 section 4.8.2."""

_KNOWN_NUMBERS = {numbers: frozenset(numbers) for numbers in (OptionNumber, ContentFormat)}


class Exchanges:
    """Requests seen lately, each with its answer once there is one; at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: OrderedDict[tuple[UDP6EndpointAddress, int], tuple[float, Message | None]] = (
            OrderedDict()
        )

    def is_new(self, key: tuple[UDP6EndpointAddress, int], *, now: float) -> bool:
        """Whether a request with this sender and message id was not seen lately; now it was."""
        seen = self._seen.get(key)
        if seen is not None and now - seen[0] < EXCHANGE_S:
            return False
        self._seen[key] = (now, None)
        self._seen.move_to_end(key)
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True

    def keep(self, key: tuple[UDP6EndpointAddress, int], answer: Message) -> None:
        """Keep the answer to a request, if the request is remembered at all."""
        if key in self._seen:
            self._seen[key] = (self._seen[key][0], answer)

    def answer(self, key: tuple[UDP6EndpointAddress, int]) -> Message | None:
        """The answer to a request; None when there is none yet."""
        return self._seen[key][1]

    def __len__(self) -> int:
        return len(self._seen)


class BoundedMessageManager(MessageManager):  # type: ignore[misc]  # aiocoap is untyped
    """aiocoap's message layer with a bounded memory of requests."""

    def __init__(self, token_manager: TokenManager, exchanges: Exchanges) -> None:
        super().__init__(token_manager)
        self._exchanges = exchanges

    def _deduplicate_message(self, message: Message) -> bool:
        key = (message.remote, message.mid)
        if self._exchanges.is_new(key, now=self.loop.time()):
            return False
        answer = self._exchanges.answer(key)
        if message.mtype is Type.CON and answer is not None:
            self._send_initially(answer)
        return True

    def _store_response_for_duplicates(self, message: Message) -> None:
        # Only these carry the request's own message id; a notification's may equal it by chance.
        if message.mtype in {Type.ACK, Type.RST}:
            message.request = None  # up to a block of payload, which nobody asks for again
            self._exchanges.keep((message.remote, message.mid), message)


class GuardedInterface(MessageInterfaceUDP6):  # type: ignore[misc]  # aiocoap is untyped
    """aiocoap's UDP socket behind the guard: what cannot be read is counted and dropped."""

    def __init__(self, manager: MessageManager, guard: CoapGuard) -> None:
        super().__init__(manager, log=manager.log, loop=manager.loop)
        self._guard = guard

    def datagram_msg_received(
        self,
        data: bytes,
        ancdata: list[tuple[int, int, bytes]],
        flags: int,
        address: tuple[str, int, int, int],
    ) -> None:
        """Called by the socket with each datagram; raises nothing into the event loop."""
        if not self._guard.lets_in(address[0], now=self.loop.time()):
            return
        if len(data) > DATAGRAM_MOST or flags & socket.MSG_TRUNC:
            self._guard.turned_away["coap.oversized"] += 1
            return
        remote = UDP6EndpointAddress(address, self, pktinfo=_packet_info(ancdata))
        with self._nothing_raised():
            self._ctx.dispatch_message(Message.decode(data, remote))
        _forget_unknown_numbers()

    def datagram_errqueue_received(
        self,
        data: bytes,
        ancdata: list[tuple[int, int, bytes]],
        flags: int,
        address: tuple[str, int, int, int],
    ) -> None:
        """Called by the socket when the network says that somebody is gone (ICMP)."""
        with self._nothing_raised():
            super().datagram_errqueue_received(data, ancdata, flags, address)

    @contextmanager
    def _nothing_raised(self) -> Iterator[None]:
        try:
            yield
        except (coap_errors.UnparsableMessage, UnicodeDecodeError):
            self._guard.turned_away["coap.malformed"] += 1
        except Exception as error:  # noqa: BLE001  -- one datagram must not stop the reading of the next
            self._guard.turned_away["coap.failed"] += 1
            _log.debug("coap.datagram_failed: %s", type(error).__name__)


def bound_socket(host: str, port: int) -> socket.socket:
    """A UDP socket for IPv6 and IPv4 alike, on one address of ours alone.

    Without SO_REUSEPORT, which aiocoap would set: a second runtime on the same port would otherwise
    silently take half of the datagrams.

    Raises:
        OSError: The address is not ours, or the port is taken.
    """
    address = ipaddress.ip_address(host)
    mapped = host if isinstance(address, ipaddress.IPv6Address) else f"::ffff:{host}"
    bound = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    try:
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        if socknumbers.HAS_RECVERR:
            bound.setsockopt(socket.IPPROTO_IPV6, socknumbers.IPV6_RECVERR, 1)
            bound.setsockopt(socket.IPPROTO_IP, socknumbers.IP_RECVERR, 1)
        bound.bind((mapped, port))
    except OSError:
        bound.close()
        raise
    return bound


async def attach(context: Context, bound: socket.socket, guard: CoapGuard) -> None:
    """Let a context serve a bound socket through the guard."""
    tokens = TokenManager(context)
    messages = BoundedMessageManager(tokens, Exchanges(guard.limits.exchanges))
    _, interface = await create_recvmsg_datagram_endpoint(
        context.loop, lambda: GuardedInterface(messages, guard), bound
    )
    await interface.ready
    messages.message_interface = interface
    tokens.token_interface = messages
    context.request_interfaces.append(tokens)


def source_of(remote: UDP6EndpointAddress) -> str:
    """The address of the other side without port: one word for IPv4 and for IPv4 inside IPv6."""
    address = ipaddress.ip_address(remote.sockaddr[0].partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _packet_info(ancdata: list[tuple[int, int, bytes]]) -> bytes | None:
    wanted = (socket.IPPROTO_IPV6, socket.IPV6_PKTINFO)
    return next((data for level, kind, data in ancdata if (level, kind) == wanted), None)


def _forget_unknown_numbers() -> None:
    for numbers, known in _KNOWN_NUMBERS.items():
        kept = numbers._value2member_map_
        if len(kept) > len(known) + UNKNOWN_NUMBERS_MOST:
            for number in [number for number in kept if number not in known]:
                del kept[number]
