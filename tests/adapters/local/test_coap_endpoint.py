"""The socket and the message layer: bounded memory, and nothing raised into the event loop."""

import asyncio
import gc
import socket
from pathlib import Path

import pytest
from aiocoap import Message
from aiocoap.numbers.codes import Code
from aiocoap.numbers.contentformat import ContentFormat
from aiocoap.numbers.optionnumbers import OptionNumber

from edge.adapters.local.coap_endpoint import EXCHANGE_S, Exchanges, bound_socket
from edge.adapters.local.coap_guard import CoapLimits, Rate
from tests.adapters.local.coap_home import (
    Home,
    a_client,
    a_home,
    datagram,
    datagram_answered,
    datagrams_answered,
)


def _get(path: tuple[str, ...] = (".well-known", "core")) -> Message:
    message = Message(code=Code.GET)
    message.opt.uri_path = path
    return message


def test_a_request_is_new_once() -> None:
    """The same sender and message id are a repetition until the exchange's lifetime is over."""
    exchanges = Exchanges(most=8)
    assert exchanges.is_new(("a", 1), now=0.0)
    assert not exchanges.is_new(("a", 1), now=EXCHANGE_S - 0.001)
    assert exchanges.is_new(("a", 2), now=1.0)
    assert exchanges.is_new(("b", 1), now=1.0)
    assert exchanges.is_new(("a", 1), now=EXCHANGE_S)


def test_only_so_many_requests_are_remembered() -> None:
    """A flood pushes out the oldest, answers and all."""
    exchanges = Exchanges(most=2)
    for number in range(1_000):
        exchanges.is_new(("a", number), now=0.0)
        exchanges.keep(("a", number), Message(code=Code.CONTENT))
    assert len(exchanges) == 2
    assert exchanges.is_new(("a", 0), now=0.0)
    assert not exchanges.is_new(("a", 999), now=0.0)


def test_an_answer_to_a_forgotten_request_is_not_kept() -> None:
    """Otherwise the memory would grow behind the bound's back."""
    exchanges = Exchanges(most=1)
    exchanges.keep(("a", 1), Message(code=Code.CONTENT))
    assert len(exchanges) == 0


async def test_a_repetition_is_answered_from_memory(tmp_path: Path) -> None:
    """The same message id gets the same bytes again; another id is a request of its own."""
    async with a_home(tmp_path) as home:
        same = datagram(_get(), message_id=7)
        first, again, other = await datagrams_answered(
            home.address, same, same, datagram(_get(), message_id=8)
        )
        assert first == again
        assert other[2:4] == b"\x00\x08"


async def test_a_ping_is_answered_with_a_reset(tmp_path: Path) -> None:
    """RFC 7252 section 4.3: an empty confirmable message asks whether we are alive."""
    async with a_home(tmp_path) as home:
        assert await datagrams_answered(home.address, b"\x40\x00\x12\x34") == [b"\x70\x00\x12\x34"]


@pytest.mark.parametrize(
    ("sent", "counted"),
    [
        (b"", "coap.malformed"),
        (b"\x40\x01\x00", "coap.malformed"),
        (b"\x80\x01\x00\x01", "coap.malformed"),
        (b"\x40\x01\x00\x01\xb2\xff\xfe", "coap.malformed"),
        (b"\x40\x01\x00\x01\xbf", "coap.malformed"),
        (b"\x40\x01\x00\x01" + bytes(1_497), "coap.oversized"),
        (b"\x40\x01\x00\x01" + bytes(8_000), "coap.oversized"),
    ],
)
async def test_what_cannot_be_read_is_counted_and_dropped(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, sent: bytes, counted: str
) -> None:
    """No answer, no log line, and the next datagram is served."""
    async with a_home(tmp_path) as home:
        await _send(home, sent)
        assert (await datagram_answered(home.address, datagram(_get(), message_id=1))).payload
        assert home.server.turned_away == {counted: 1}
    assert caplog.text == ""


async def test_a_flood_is_dropped_before_it_is_read(tmp_path: Path) -> None:
    """Over the rate of its source nothing is even decoded; another address is served."""
    limits = CoapLimits(datagrams_per_source=Rate(per_second=0.01, burst=5))
    async with a_home(tmp_path, limits=limits) as home:
        for _ in range(20):
            await _send(home, b"\xff" * 50, host="127.0.0.9")
        assert (await datagram_answered(home.address, datagram(_get(), message_id=1))).payload
        assert home.server.turned_away == {"coap.malformed": 5, "coap.flood": 15}


async def test_unknown_numbers_are_not_kept_for_ever(tmp_path: Path) -> None:
    """Each option number and content format is remembered by aiocoap; not ten thousand here."""
    limits = CoapLimits(
        datagrams_per_source=Rate(per_second=1e6, burst=100_000),
        datagrams=Rate(per_second=1e6, burst=100_000),
    )
    async with a_home(tmp_path, limits=limits) as home:
        for number in range(5_000):
            # One elective option of an unknown number, and a content format of its own.
            option = b"\xe0" + (2_001 + 2 * number).to_bytes(2, "big")
            await _send(home, b"\x50\x01\x00\x01\xc2" + number.to_bytes(2, "big") + option)
        assert (await datagram_answered(home.address, datagram(_get(), message_id=1))).payload
    assert len(OptionNumber._value2member_map_) < 2_500
    assert len(ContentFormat._value2member_map_) < 2_500


async def test_an_unknown_option_that_may_be_ignored_is_ignored(tmp_path: Path) -> None:
    """Elective (even) numbers are for those who know them (RFC 7252 section 5.4.1)."""
    async with a_home(tmp_path) as home:
        message = _get()
        message.opt.add_option(OptionNumber(65_000).create_option(decode=b"x"))
        assert (await datagram_answered(home.address, datagram(message, message_id=1))).payload


@pytest.mark.parametrize(("host", "family"), [("127.0.0.1", "::ffff:127.0.0.1"), ("::1", "::1")])
def test_a_socket_is_bound_to_the_address_it_was_given(host: str, family: str) -> None:
    """IPv4 and IPv6 by the same kind of socket."""
    with bound_socket(host, 0) as bound:
        assert bound.getsockname()[0] == family


def test_a_port_is_not_shared() -> None:
    """Two runtimes on one port would each get half of what is sent."""
    with bound_socket("127.0.0.1", 0) as first, pytest.raises(OSError, match="in use"):
        bound_socket("127.0.0.1", first.getsockname()[1])


async def test_a_server_that_is_open_keeps_its_port(tmp_path: Path) -> None:
    """Nothing but the open server itself holds it: a collection in between changes nothing."""
    async with a_home(tmp_path) as home, a_client(home.address) as client:
        gc.collect()
        assert (await client.ask(Code.GET, "/.well-known/core")).code == Code.CONTENT


async def _send(home: Home, sent: bytes, *, host: str = "127.0.0.1") -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)  # noqa: FBT003  -- its signature
        sender.bind((host, 0))
        sender.connect(home.address)
        await asyncio.get_running_loop().sock_sendall(sender, sent)
        await asyncio.sleep(0)
