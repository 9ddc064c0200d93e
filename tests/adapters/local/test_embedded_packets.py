"""Exactly MQTT 3.1.1 comes through; everything else is refused and never crashes."""

import asyncio
import struct
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edge.adapters.local.broker_limits import PACKET_MOST
from edge.adapters.local.embedded_packets import (
    MalformedPacketError,
    decode,
    read_raw,
)
from tests.fakes.mqtt_bytes import connect, packet, publish, string, subscribe, unsubscribe


async def decoded(data: bytes, *, most: int = PACKET_MOST) -> Any:  # noqa: ANN401  -- as decode
    """The packet that these bytes are."""
    stream = asyncio.StreamReader()
    stream.feed_data(data)
    stream.feed_eof()
    return await decode(await read_raw(stream, most=most))


async def test_good_packets_come_through() -> None:
    """Each kind that a client sends."""
    assert (await decoded(connect("c", user="u", password="p"))).username == "u"
    assert (await decoded(connect("", user="u", password="p"))).payload.client_id_is_random
    assert (await decoded(publish("a/b", b"1", qos=1))).data == b"1"
    assert (await decoded(publish("a/b", b"", qos=0, retain=True))).retain_flag
    assert (await decoded(subscribe("a/+", "b/#"))).payload.topics == [("a/+", 1), ("b/#", 1)]
    assert (await decoded(unsubscribe("a/+"))).payload.topics == ["a/+"]
    assert await decoded(packet(0xC0, b""))
    assert await decoded(packet(0xE0, b""))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(packet(0x00, b""), id="reserved type"),
        pytest.param(packet(0xF0, b""), id="auth"),
        pytest.param(packet(0x20, b"\0\0"), id="connack"),
        pytest.param(packet(0x50, b"\0\1"), id="pubrec: no qos 2"),
        pytest.param(publish("a", b"", qos=2), id="qos 2"),
        pytest.param(packet(0x36, string("a") + b"\0\1"), id="qos 3"),
        pytest.param(packet(0x38, string("a")), id="duplicate at qos 0"),
        pytest.param(publish("", b"", qos=1), id="empty topic"),
        pytest.param(publish("a/#", b"", qos=1), id="wildcard"),
        pytest.param(packet(0x30, b"\0\1\xff"), id="not UTF-8"),
        pytest.param(packet(0x30, b"\0\x09a"), id="topic longer than the packet"),
        pytest.param(packet(0x32, string("a") + b"\0\0"), id="identifier 0"),
        pytest.param(packet(0x80, b"\0\1" + string("a") + b"\0"), id="flags of subscribe"),
        pytest.param(packet(0x82, b"\0\1"), id="no filter"),
        pytest.param(packet(0x82, b"\0\1" + string("a") + b"\3"), id="subscribe at qos 3"),
        pytest.param(subscribe(*["a"] * 33), id="too many filters"),
        pytest.param(packet(0xC0, b"x"), id="ping with a body"),
        pytest.param(packet(0x10, b""), id="empty connect"),
        pytest.param(packet(0x10, connect("c", user="u", password="p")[2:] + b"x"), id="left over"),
        pytest.param(b"\x30\xff\xff\xff\xff\x7f", id="length of five bytes"),
    ],
)
async def test_whatever_is_not_exact_is_refused(data: bytes) -> None:
    """One broken rule each."""
    with pytest.raises(MalformedPacketError):
        await decoded(data)


async def test_a_long_packet_is_refused_before_it_is_read() -> None:
    """Its announced length is enough; one byte less passes."""
    with pytest.raises(MalformedPacketError):
        await decoded(b"\x30" + bytes([101]), most=100)
    assert await decoded(publish("a", b"x" * 97, qos=0), most=100)


@given(
    first=st.sampled_from([0x10, 0x30, 0x32, 0x33, 0x40, 0x82, 0xA2, 0xC0, 0xE0]),
    body=st.binary(max_size=80),
)
@example(first=0x10, body=connect("c", user="u", password="p")[2:])
@example(first=0x82, body=b"\0\1" + struct.pack("!H", 65_535) + b"a")
def test_any_bytes_are_a_packet_or_refused(first: int, body: bytes) -> None:
    """No other exception comes out of amqtt's decoders."""

    async def judge() -> None:
        try:
            await decoded(packet(first, body))
        except MalformedPacketError:
            return

    asyncio.run(judge())
