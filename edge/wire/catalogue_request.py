"""The only bytes that a fetch of the catalogue may send (docs/wire/catalogue.md, "Requests").

Written from the document a second time, independently of the courier: the egress ledger judges by
this what the courier recorded, and a leak in the one is not repeated in the other.
"""

from typing import Literal

Channel = Literal["coap", "mqtt"]

_GREETING: dict[Channel, bytes] = {
    "coap": bytes.fromhex("40e12280 0020"),
    "mqtt": bytes.fromhex("100c00044d51545404 02003c0000"),
}
_FAREWELL: dict[Channel, bytes] = {"coap": bytes.fromhex("00e4"), "mqtt": bytes.fromhex("e000")}

_KIBIBYTES = 256
"""A file of the catalogue has no more; a request goes on from one of them."""

_REQUEST_BYTES = 256
_ESCAPE, _BYTE = 13, 255


def is_formality(channel: Channel, content: bytes) -> bool:
    """Whether it is the greeting or the farewell, which are the same from every home."""
    return content in {_GREETING[channel], _FAREWELL[channel]}


def is_request(channel: Channel, path: str, content: bytes) -> bool:
    """Whether it asks for that file and says nothing else."""
    if channel == "mqtt":
        return content == _mqtt_request(path)
    segments = _path_options(path)
    return any(content == _coap_request(segments, block) for block in range(_KIBIBYTES))


def _coap_request(path_options: bytes, block: int) -> bytes:
    value = block * 16 + 7
    width = 1 if value <= _BYTE else 2
    options = path_options + bytes([12 * 16 + width]) + value.to_bytes(width)
    zeros = _REQUEST_BYTES - len(b"\xd0\xf0\x01") - len(options) - len(b"\xed\xfc\xf8\x00")
    padding = b"\xed\xfc\xf8" + bytes([zeros - _ESCAPE]) + bytes(zeros)
    return b"\xd0\xf0\x01" + options + padding


def _path_options(path: str) -> bytes:
    options = b""
    for place, segment in enumerate(path.split("/")):
        delta = 0 if place else 11 * 16
        options += _sized(delta, len(segment)) + segment.encode("ascii")
    return options


def _sized(high: int, size: int) -> bytes:
    """The low half byte of a CoAP length, and the byte that follows from 13 on."""
    return bytes([high + size]) if size < _ESCAPE else bytes([high + _ESCAPE, size - _ESCAPE])


def _mqtt_request(path: str) -> bytes:
    named = (f"catalogue/v1/{path}", "catalogue/v1/barrier", "catalogue/v1/padding/")
    head = b"\x82\xfd\x01\x00\x01"
    zeros = _REQUEST_BYTES - len(head) - sum(len(name) + 3 for name in named)
    topics = (*named[:2], named[2] + "0" * zeros)
    return head + b"".join(len(t).to_bytes(2) + t.encode("ascii") + b"\x00" for t in topics)
