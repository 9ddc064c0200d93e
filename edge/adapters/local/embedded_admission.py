"""The first packet of a connection: who is it? Nothing of the broker is touched before the answer.

Refusals are those of MQTT 3.1.1 section 3.2.2.3. A client id means something only together with its
user name, so nobody can take over, empty or end another user's session.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from amqtt.mqtt.connack import BAD_USERNAME_PASSWORD, IDENTIFIER_REJECTED, NOT_AUTHORIZED
from amqtt.mqtt.packet import CONNECT

from edge.adapters.local.embedded_outbox import Message
from edge.adapters.local.embedded_packets import (
    CONNECT_MOST,
    MalformedPacketError,
    RawPacket,
    decode,
    read_raw,
)

CONNECT_WITHIN_S = 5.0
"""A client that has something to say says it at once; Mosquitto gives 30 s."""

_HEAD = b"\x00\x04MQTT"
_LEVEL_3_1_1 = 4
_LEVEL_5 = 5

_OTHER_VERSION = b"\x20\x02\x00\x01"
_OTHER_VERSION_5 = b"\x20\x03\x00\x84\x00"
"""MQTT 5 clients only understand a CONNACK with a reason code and properties."""

Admits = Callable[[str, str], bool]
"""Whether the password is the user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Whom a connection belongs to, proven.

    Attributes:
        user: The name the password proved.
        session: User name and client id; empty client ids get None: nothing to come back to.
        clean: Whether the session ends with the connection.
        silence_most_s: How long the client may say nothing; None for ever.
        will: What is said for it when it does not say goodbye.
    """

    user: str
    session: str | None
    clean: bool
    silence_most_s: float | None
    will: Message | None


async def admit(reader: StreamReader, writer: StreamWriter, *, admits: Admits) -> Guest | None:
    """Read the first packet and judge it.

    Returns:
        None when the client was refused, with its answer written.

    Raises:
        MalformedPacketError: It is not a CONNECT.
        TimeoutError: There was none in time.
        EOFError, OSError: The client is gone.
    """
    async with asyncio.timeout(CONNECT_WITHIN_S):
        raw = await read_raw(reader, most=CONNECT_MOST)
    if refusal := _version_refusal(raw):
        writer.write(refusal)
        return None
    connect = await decode(raw)
    if refusal := _refusal(connect, admits):
        writer.write(refusal)
        return None
    return _guest(connect)


def _version_refusal(raw: RawPacket) -> bytes | None:
    level = raw.body[len(_HEAD) : len(_HEAD) + 1]
    if raw.kind != CONNECT or not raw.body.startswith(_HEAD) or not level:
        message = "first packet is not CONNECT"
        raise MalformedPacketError(message)
    if level[0] == _LEVEL_3_1_1:
        return None
    return _OTHER_VERSION_5 if level[0] == _LEVEL_5 else _OTHER_VERSION


def _refusal(connect: Any, admits: Admits) -> bytes | None:  # noqa: ANN401  -- amqtt is untyped
    head, said = connect.variable_header, connect.payload
    if head.reserved_flag or (head.will_flag and not _will_is_whole(connect)):
        message = "connect flags"
        raise MalformedPacketError(message)
    if not said.username or said.password is None:
        return _connack(BAD_USERNAME_PASSWORD)
    if not admits(said.username, said.password):
        return _connack(NOT_AUTHORIZED)
    if not said.client_id and not head.clean_session_flag:
        return _connack(IDENTIFIER_REJECTED)
    return None


def _will_is_whole(connect: Any) -> bool:  # noqa: ANN401  -- amqtt is untyped
    head, said = connect.variable_header, connect.payload
    return bool(said.will_topic) and said.will_message is not None and head.will_qos <= 1


def _connack(code: int) -> bytes:
    return bytes((0x20, 2, 0, code))


def _guest(connect: Any) -> Guest:  # noqa: ANN401  -- amqtt is untyped
    head, said = connect.variable_header, connect.payload
    return Guest(
        user=said.username,
        session=f"{said.username}/{said.client_id}" if said.client_id else None,
        clean=head.clean_session_flag,
        silence_most_s=1.5 * head.keep_alive or None,
        will=_will(connect) if head.will_flag else None,
    )


def _will(connect: Any) -> Message:  # noqa: ANN401  -- amqtt is untyped
    head, said = connect.variable_header, connect.payload
    return Message(
        topic=said.will_topic,
        payload=bytes(said.will_message),
        qos=head.will_qos,
        retain=head.will_retain_flag,
    )
