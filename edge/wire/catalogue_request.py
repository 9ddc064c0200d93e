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
    width = 1 if value < 256 else 2  # noqa: PLR2004 - what fits into a byte
    options = path_options + bytes([12 * 16 + width]) + value.to_bytes(width)
    size = len(options)
    head = bytes([size * 16]) if size < 13 else bytes([13 * 16, size - 13])  # noqa: PLR2004
    return head + b"\x01" + options


def _path_options(path: str) -> bytes:
    options = b""
    for place, segment in enumerate(path.split("/")):
        delta = 0 if place else 11 * 16
        size = len(segment)
        short = bytes([delta + size]) if size < 13 else bytes([delta + 13, size - 13])  # noqa: PLR2004
        options += short + segment.encode("ascii")
    return options


def _mqtt_request(path: str) -> bytes:
    topics = (f"catalogue/v1/{path}", "catalogue/v1/barrier")
    filters = b"".join(len(t).to_bytes(2) + t.encode("ascii") + b"\x00" for t in topics)
    body = b"\x00\x01" + filters
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([size % 128 + 128, size // 128])  # noqa: PLR2004
    return b"\x82" + length + body
