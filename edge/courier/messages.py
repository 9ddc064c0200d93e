"""Everything the courier can say to the outside: a closed set, and the bytes of each.

Whoever wants to know what could ever leave a home reads this file. A message is a function of
public names alone: there is no client id, no token, no cookie, no counter and no random number in
any of them, so two homes that ask for the same file send the same bytes. Every request has the
same length, so whoever sees only lengths cannot tell which file is asked for.

CoAP over TLS: RFC 8323 framing, empty tokens (one request at a time needs none), Block2 of size
BERT, padded with an option that servers ignore. MQTT 3.1.1 with an empty client id; a request
subscribes to one retained topic, to the barrier behind it, whose arrival says that the first does
not exist, and to a topic that never exists and is as long as the padding.

docs/wire/catalogue.md has the bytes; edge/wire/catalogue_request.py reads them a second time.
"""

import re
from dataclasses import dataclass

_NAME = re.compile(
    r"metadata/(timestamp|[1-9]\d{0,8}\.[a-z][a-z-]{0,39})\.json"
    r"|targets/[a-z][a-z-]{0,39}/[0-9a-f]{64}\.offers\.cbor"
)

_BLOCK_MOST = 2**20 - 1

REQUEST_BYTES = 256
"""Every request, before encryption; the longest name needs 190 of them."""

TOPIC_ROOT = "catalogue/v1/"
BARRIER = TOPIC_ROOT + "barrier"
_PADDING_TOPIC = TOPIC_ROOT + "padding/"


@dataclass(frozen=True, slots=True)
class Greet:
    """Opens the conversation: CSM on CoAP, CONNECT on MQTT; the same bytes from every home."""


@dataclass(frozen=True, slots=True)
class RequestCatalogueFile:
    """Asks for one file of the public catalogue, or for a further part of it.

    Attributes:
        path: A name of the signed repository: `metadata/timestamp.json`.
        block: On CoAP, which kibibyte to go on from; 0 on MQTT.
    """

    path: str
    block: int = 0

    def __post_init__(self) -> None:
        """Only names of the catalogue can be asked for.

        Raises:
            ValueError: The path is none, or the block is out of range.
        """
        if not _NAME.fullmatch(self.path) or not 0 <= self.block <= _BLOCK_MOST:
            message = "not a name of the catalogue"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """Ends the conversation: Release on CoAP, DISCONNECT on MQTT."""


Message = Greet | RequestCatalogueFile | TakeLeave


def over_coap(message: Message) -> bytes:
    """The message's bytes on coaps+tcp."""
    match message:
        case Greet():
            return _frame(_CSM, _option(2, b"\x80\x00") + _option(2, b""))
        case RequestCatalogueFile(path, block):
            return _frame(_GET, _asked(path, block))
        case TakeLeave():
            return _frame(_RELEASE, b"")


def over_mqtt(message: Message) -> bytes:
    """The message's bytes on MQTT 3.1.1."""
    match message:
        case Greet():
            return _packet(0x10, _string("MQTT") + b"\x04\x02\x00\x3c" + _string(""))
        case RequestCatalogueFile(path, _):
            return _packet(
                0x82, b"\x00\x01" + _padded(_filter(TOPIC_ROOT + path) + _filter(BARRIER))
            )
        case TakeLeave():
            return _packet(0xE0, b"")


_GET, _CSM, _RELEASE = 0x01, 0xE1, 0xE4
_URI_PATH, _BLOCK2, _PADDING = 11, 23, 65_052
"""The last is elective, safe to forward and no part of a cache key (RFC 7252, 5.4.6)."""

_BERT = 7
_OPTIONS_BYTES = REQUEST_BYTES - 3  # what a frame's length and code leave for options
_FILTERS_BYTES = REQUEST_BYTES - 5  # what a packet's header and identifier leave for filters


def _asked(path: str, block: int) -> bytes:
    first, *others = path.encode().split(b"/")
    segments = _option(_URI_PATH, first) + b"".join(_option(0, other) for other in others)
    number = block << 4 | _BERT
    asked = segments + _option(_BLOCK2 - _URI_PATH, number.to_bytes((number.bit_length() + 7) // 8))
    return asked + _option(_PADDING - _BLOCK2, bytes(_OPTIONS_BYTES - len(asked) - 4))


def _option(delta: int, value: bytes) -> bytes:
    """One option after the one `delta` numbers before it (RFC 7252 section 3.1)."""
    short, extended = _length(len(value))
    if delta >= 269:  # noqa: PLR2004 - RFC 7252, 3.1
        return bytes([0xE0 | short]) + (delta - 269).to_bytes(2) + extended + value
    return bytes([delta << 4 | short]) + extended + value


def _frame(code: int, options: bytes) -> bytes:
    """A message with an empty token (RFC 8323 section 3.2)."""
    short, extended = _length(len(options))
    return bytes([short << 4]) + extended + bytes([code]) + options


def _length(size: int) -> tuple[int, bytes]:
    """Lengths up to 268, in CoAP's half byte and the byte that may follow."""
    return (size, b"") if size < 13 else (13, bytes([size - 13]))  # noqa: PLR2004 - RFC 7252, 3.1


def _packet(kind: int, body: bytes) -> bytes:
    """An MQTT packet; no body of ours needs more than two length bytes (MQTT 3.1.1, 2.2.3)."""
    size = len(body)
    low, high = size & 0x7F, size >> 7
    return bytes([kind, low | 0x80, high] if high else [kind, low]) + body


def _padded(filters: bytes) -> bytes:
    """The filters and one more, of a topic that never exists, up to the length of all requests."""
    left = _FILTERS_BYTES - len(filters) - len(_filter(_PADDING_TOPIC))
    return filters + _filter(_PADDING_TOPIC + "0" * left)


def _filter(topic: str) -> bytes:
    return _string(topic) + b"\x00"  # QoS 0


def _string(text: str) -> bytes:
    encoded = text.encode()
    return len(encoded).to_bytes(2) + encoded
