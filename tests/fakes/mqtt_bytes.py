"""MQTT 3.1.1 packets written by hand: a client that may also be a wrong one."""

import struct


def string(text: str | bytes) -> bytes:
    """A length and the bytes."""
    data = text if isinstance(text, bytes) else text.encode()
    return struct.pack("!H", len(data)) + data


def packet(first: int, body: bytes) -> bytes:
    """Any first byte, with the length it needs."""
    length, rest = bytearray(), len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length.append(digit | (0x80 if rest else 0))
        if not rest:
            return bytes([first]) + bytes(length) + body


def connect(
    client_id: str,
    *,
    user: str,
    password: str,
    clean: bool = True,
    keep_alive_s: int = 60,
    will: tuple[str, bytes] | None = None,
) -> bytes:
    """CONNECT; a will is retained, at QoS 1."""
    flags = 0xC0 | (0x02 if clean else 0) | (0x2C if will else 0)
    last = string(will[0]) + string(will[1]) if will else b""
    head = string("MQTT") + bytes([4, flags]) + struct.pack("!H", keep_alive_s)
    return packet(0x10, head + string(client_id) + last + string(user) + string(password))


def publish(
    topic: str, payload: bytes, *, qos: int = 1, packet_id: int = 1, retain: bool = False
) -> bytes:
    """PUBLISH."""
    number = struct.pack("!H", packet_id) if qos else b""
    return packet(0x30 | qos << 1 | retain, string(topic) + number + payload)


def subscribe(*filters: str, packet_id: int = 2, qos: int = 1) -> bytes:
    """SUBSCRIBE, all at the same QoS."""
    body = b"".join(string(one) + bytes([qos]) for one in filters)
    return packet(0x82, struct.pack("!H", packet_id) + body)


def unsubscribe(*filters: str, packet_id: int = 3) -> bytes:
    """UNSUBSCRIBE."""
    return packet(0xA2, struct.pack("!H", packet_id) + b"".join(map(string, filters)))


def puback(packet_id: int) -> bytes:
    """PUBACK."""
    return packet(0x40, struct.pack("!H", packet_id))


PING = packet(0xC0, b"")
DISCONNECT = packet(0xE0, b"")
