"""Whole MQTT 3.1.1 packets off a stream: bounded, decoded by amqtt, accepted only if exact.

amqtt's decoders read past a packet's end, replace broken UTF-8 and ignore what is left over. So
they get one packet at a time, and what they made of it must encode to the very same bytes.
"""

import struct
from asyncio import StreamReader
from dataclasses import dataclass
from typing import Any

from amqtt.adapters import BufferReader
from amqtt.errors import AMQTTError, CodecError, MQTTError, NoDataError
from amqtt.mqtt import packet_class
from amqtt.mqtt.connect import ConnectPacket
from amqtt.mqtt.packet import (
    CONNECT,
    DISCONNECT,
    PINGREQ,
    PUBACK,
    PUBLISH,
    SUBSCRIBE,
    UNSUBSCRIBE,
    MQTTFixedHeader,
)
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.subscribe import SubscribePacket
from amqtt.mqtt.unsubscribe import UnsubscribePacket

CONNECT_MOST = 4 * 1024
"""Bytes, while nobody is known yet: a name, a password and a will of a few words."""

FILTERS_MOST = 32
"""In one SUBSCRIBE: an appliance has two topics to hear, the runtime six."""

_LENGTH_BYTES_MOST = 4
"""MQTT 3.1.1 section 2.2.3."""

_FLAGS = {CONNECT: 0, PUBACK: 0, SUBSCRIBE: 2, UNSUBSCRIBE: 2, PINGREQ: 0, DISCONNECT: 0}
"""What a client may send besides PUBLISH, and the only flags it may have (section 2.2.2).

The three packets of QoS 2 are missing: the local wire has QoS 1 (docs/wire/mqtt.md).
"""

_LENIENT = (
    AMQTTError,
    MQTTError,
    NoDataError,
    CodecError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    struct.error,
)
"""What amqtt's decoders raise on bytes that are no packet."""


class MalformedPacketError(Exception):
    """Bytes that break a rule of MQTT 3.1.1 or of ours; the connection must end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPacket:
    """One packet, cut out but not understood."""

    kind: int
    flags: int
    body: bytes


async def read_raw(stream: StreamReader, *, most: int) -> RawPacket:
    """Cut the next packet out of the stream.

    Args:
        stream: Where the bytes come from.
        most: The longest body, in bytes; a longer one is refused before it is read.

    Raises:
        MalformedPacketError: No client may send it, or its length is too large or no length.
        EOFError, OSError: The stream ended.
    """
    (first,) = await stream.readexactly(1)
    kind, flags = first >> 4, first & 0x0F
    _demand(_may_be_sent(kind, flags), "packet type or flags")
    length = await _read_length(stream)
    _demand(length <= most, "packet too large")
    return RawPacket(kind=kind, flags=flags, body=await stream.readexactly(length))


async def decode(raw: RawPacket) -> Any:  # noqa: ANN401  -- amqtt has no type information
    """Understand a packet.

    Raises:
        MalformedPacketError: It is not exactly what its type says.
    """
    header = MQTTFixedHeader(raw.kind, raw.flags, len(raw.body))
    try:
        packet = await packet_class(header).from_stream(BufferReader(raw.body), fixed_header=header)
        exact = _body(packet) == raw.body
    except _LENIENT as error:
        message = "packet cannot be decoded"
        raise MalformedPacketError(message) from error
    _demand(exact, "packet is not exact")
    _check(packet)
    return packet


async def _read_length(stream: StreamReader) -> int:
    length = 0
    for place in range(_LENGTH_BYTES_MOST):
        (byte,) = await stream.readexactly(1)
        length |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004  -- the continuation bit
            return length
    message = "packet length has more than four bytes"
    raise MalformedPacketError(message)


def _demand(holds: bool, rule: str) -> None:  # noqa: FBT001  -- reads as a sentence
    if not holds:
        raise MalformedPacketError(rule)


def _may_be_sent(kind: int, flags: int) -> bool:
    if kind != PUBLISH:
        return _FLAGS.get(kind) == flags
    qos, again = flags >> 1 & 3, flags >> 3
    return qos == 1 or (qos == 0 and not again)


def _body(packet: Any) -> bytes:  # noqa: ANN401  -- amqtt has no type information
    """The packet's bytes after its fixed header."""
    if isinstance(packet, ConnectPacket) and packet.payload.client_id_is_random:
        packet.payload.client_id = ""
    header, payload = packet.variable_header, packet.payload
    return (header.to_bytes() if header else b"") + (
        payload.to_bytes(packet.fixed_header, header) if payload else b""
    )


def _check(packet: Any) -> None:  # noqa: ANN401  -- amqtt has no type information
    """What amqtt's decoders do not ask."""
    match packet:
        case PublishPacket():
            _demand(packet.packet_id != 0, "packet identifier 0")
            _demand(bool(packet.topic_name), "empty topic")
        case SubscribePacket():
            _check_filters([name for name, _ in packet.payload.topics], packet)
            _demand(all(qos <= 2 for _, qos in packet.payload.topics), "QoS")  # noqa: PLR2004  -- QoS 0 to 2
        case UnsubscribePacket():
            _check_filters(packet.payload.topics, packet)
        case _:
            pass


def _check_filters(filters: list[str], packet: Any) -> None:  # noqa: ANN401  -- as above
    _demand(packet.variable_header.packet_id != 0, "packet identifier 0")
    _demand(0 < len(filters) <= FILTERS_MOST and all(filters), "filters")
