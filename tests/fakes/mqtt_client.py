"""An MQTT client of a few lines, on a plain socket: it does exactly what a test tells it to."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from tests.fakes import mqtt_bytes

CONNACK, PUBLISH, PUBACK, SUBACK, PINGRESP = 2, 3, 4, 9, 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A PUBLISH that reached the client."""

    topic: str
    payload: bytes
    qos: int
    retain: bool
    again: bool
    packet_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Any packet from the broker."""

    kind: int
    flags: int
    body: bytes


class RawClient:
    """Bytes to the broker, packets from it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, *packets: bytes) -> None:
        """Write bytes, whatever they are."""
        self._writer.write(b"".join(packets))
        await self._writer.drain()

    async def packet(self, *, within_s: float = 5.0) -> Packet:
        """The next packet; EOFError or OSError when the connection ends first."""
        async with asyncio.timeout(within_s):
            (first,) = await self._reader.readexactly(1)
            length = await self._length()
            body = await self._reader.readexactly(length)
        return Packet(kind=first >> 4, flags=first & 0x0F, body=body)

    async def connect(self, client_id: str, *, user: str, password: str, clean: bool = True) -> int:
        """Say who this is; the return code of the CONNACK."""
        await self.send(mqtt_bytes.connect(client_id, user=user, password=password, clean=clean))
        return await self.connack()

    async def connack(self) -> int:
        """The return code of the next packet, which is a CONNACK."""
        packet = await self.packet()
        assert packet.kind == CONNACK
        return packet.body[1]

    async def subscribe(self, *filters: str, qos: int = 1) -> list[int]:
        """The return codes."""
        await self.send(mqtt_bytes.subscribe(*filters, qos=qos))
        while (packet := await self.packet()).kind != SUBACK:
            pass
        return list(packet.body[2:])

    async def publish(
        self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False
    ) -> None:
        """Publish; at QoS 1 return when it was acknowledged."""
        await self.send(mqtt_bytes.publish(topic, payload, qos=qos, retain=retain))
        while qos and (await self.packet()).kind != PUBACK:
            pass

    async def hear(self, *, within_s: float = 3.0, acknowledge: bool = True) -> Heard | None:
        """The next message; None when none comes in time."""
        with suppress(TimeoutError):
            while (packet := await self.packet(within_s=within_s)).kind != PUBLISH:
                pass
            heard = _heard(packet)
            if acknowledge and heard.packet_id is not None:
                await self.send(mqtt_bytes.puback(heard.packet_id))
            return heard
        return None

    async def hear_all(self, most: int = 2_000, *, within_s: float = 0.5) -> list[Heard]:
        """Messages until none comes for so long."""
        heard: list[Heard] = []
        while len(heard) < most and (one := await self.hear(within_s=within_s)):
            heard.append(one)
        return heard

    async def ping(self) -> None:
        """Return when the broker has done everything that was sent before."""
        await self.send(mqtt_bytes.PING)
        while (await self.packet()).kind != PINGRESP:
            pass

    async def hears_nothing(self) -> bool:
        """Whether nothing is on its way: a broker answers a ping after what it said before."""
        await self.send(mqtt_bytes.PING)
        while (packet := await self.packet()).kind != PINGRESP:
            if packet.kind == PUBLISH:
                return False
        return True

    async def is_cut_off(self, *, within_s: float = 3.0) -> bool:
        """Whether the broker ends the connection in time."""
        try:
            while True:
                await self.packet(within_s=within_s)
        except TimeoutError:
            return False
        except (EOFError, OSError):
            return True

    async def _length(self) -> int:
        length = shift = 0
        while True:
            (byte,) = await self._reader.readexactly(1)
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return length


@asynccontextmanager
async def raw_client(port: int) -> AsyncIterator[RawClient]:
    """An open socket; it is cut, not said goodbye to, at the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield RawClient(reader, writer)
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


def _heard(packet: Packet) -> Heard:
    (length,) = struct.unpack("!H", packet.body[:2])
    qos, rest = packet.flags >> 1 & 3, packet.body[2 + length :]
    return Heard(
        topic=packet.body[2 : 2 + length].decode(),
        payload=rest[2:] if qos else rest,
        qos=qos,
        retain=bool(packet.flags & 1),
        again=bool(packet.flags & 8),
        packet_id=struct.unpack("!H", rest[:2])[0] if qos else None,
    )
