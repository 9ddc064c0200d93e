"""One admitted connection: what the client says is done in order, what it may hear is sent.

One packet after the other, each done before the next is read: nothing is lost when a client says
something and leaves at once, and one client has one packet in memory.
"""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from typing import Any

from amqtt.mqtt.disconnect import DisconnectPacket
from amqtt.mqtt.pingreq import PingReqPacket
from amqtt.mqtt.puback import PubackPacket
from amqtt.mqtt.publish import PublishPacket
from amqtt.mqtt.suback import SubackPacket
from amqtt.mqtt.subscribe import SubscribePacket
from amqtt.mqtt.unsuback import UnsubackPacket
from amqtt.mqtt.unsubscribe import UnsubscribePacket
from amqtt.session import Session

from edge.adapters.local import acl
from edge.adapters.local.broker_limits import PACKET_MOST
from edge.adapters.local.embedded_admission import Guest
from edge.adapters.local.embedded_outbox import Message, Outbox, Sending
from edge.adapters.local.embedded_packets import MalformedPacketError, decode, read_raw
from edge.adapters.local.embedded_switch import OverloadedError, Switch, outbox_of

WRITE_WITHIN_S = 10.0
"""A client that takes nothing for so long is gone, whatever its keep-alive says."""

_PINGRESP = b"\xd0\x00"

_log = logging.getLogger(__name__)


class Conversation:
    """A guest and its session, from CONNACK to the end of the connection."""

    def __init__(
        self, *, switch: Switch, guest: Guest, reader: StreamReader, writer: StreamWriter
    ) -> None:
        self._switch = switch
        self._guest = guest
        self._reader = reader
        self._writer = writer
        self._will = guest.will
        self._left = asyncio.Event()

    async def run(self) -> None:
        """Talk until the client leaves, breaks a rule or is ended by `stop`.

        Raises:
            CrowdedError: There is no session for the guest.
        """
        session, known = await self._switch.enter(self._guest, self)
        try:
            self._writer.write(bytes((0x20, 2, known, 0)))
            await self._talk(session)
        finally:
            self._writer.transport.abort()
            await self._leave(session)

    async def stop(self) -> None:
        """Cut the connection; return when the session has been left."""
        self._writer.transport.abort()
        await self._left.wait()

    async def _talk(self, session: Session) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                telling = tasks.create_task(self._tell(outbox_of(session)))
                listening = tasks.create_task(self._listen(session))
                listening.add_done_callback(lambda _: telling.cancel())
        except* (MalformedPacketError, OverloadedError, TimeoutError, EOFError, OSError) as ended:
            _log.info("broker.connection.ended reason=%s", type(ended.exceptions[0]).__name__)

    async def _leave(self, session: Session) -> None:
        try:
            await self._switch.leave(session, self, self._will)
        except OverloadedError:
            _log.warning("broker.will.lost")
        finally:
            self._left.set()

    async def _listen(self, session: Session) -> None:
        while not isinstance(packet := await self._next_packet(), DisconnectPacket):
            await self._heed(packet, session)
        self._will = None

    async def _next_packet(self) -> Any:  # noqa: ANN401  -- amqtt has no type information
        async with asyncio.timeout(self._guest.silence_most_s):
            raw = await read_raw(self._reader, most=PACKET_MOST)
        return await decode(raw)

    async def _heed(self, packet: Any, session: Session) -> None:  # noqa: ANN401  -- as above
        match packet:
            case PublishPacket():
                await self._pass_on(packet)
            case PubackPacket():
                outbox_of(session).acknowledge(_number(packet))
            case SubscribePacket():
                codes = await self._switch.subscribe(session, packet.payload.topics)
                await self._write(SubackPacket.build(_number(packet), codes).to_bytes())
            case UnsubscribePacket():
                self._switch.unsubscribe(session, packet.payload.topics)
                await self._write(UnsubackPacket.build(_number(packet)).to_bytes())
            case PingReqPacket():
                await self._write(_PINGRESP)
            case _:
                message = "a second CONNECT"
                raise MalformedPacketError(message)

    async def _pass_on(self, packet: PublishPacket) -> None:
        if self._guest.user != acl.RUNTIME:
            await self._switch.wait_for_runtime()
        await self._switch.publish(
            self._guest.user,
            Message(
                topic=packet.topic_name,
                payload=packet.data,
                qos=packet.qos,
                retain=packet.retain_flag,
            ),
        )
        if packet.qos:
            await self._write(PubackPacket.build(_number(packet)).to_bytes())

    async def _tell(self, outbox: Outbox) -> None:
        while await outbox.filled.wait():
            while (sending := outbox.take()) is not None:
                await self._write(_publish_bytes(sending))

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        async with asyncio.timeout(WRITE_WITHIN_S):
            await self._writer.drain()


def _publish_bytes(sending: Sending) -> bytes:
    message = sending.message
    data: bytes = PublishPacket.build(
        message.topic,
        message.payload,
        sending.packet_id,
        sending.again,
        message.qos,
        message.retain,
    ).to_bytes()
    return data


def _number(packet: Any) -> int:  # noqa: ANN401  -- amqtt has no type information
    number: int = packet.variable_header.packet_id
    return number
