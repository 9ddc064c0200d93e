"""The labels of SenML: text in JSON, whole numbers in CBOR (RFC 8428 sections 5 and 6)."""

from typing import Annotated

import msgspec

from edge.errors import MalformedError
from edge.wire import base64url
from edge.wire.encoding import Encoding
from edge.wire.shape import octets, shaped

_NAME = Annotated[str, msgspec.Meta(max_length=64)]
_UNIT = Annotated[str, msgspec.Meta(max_length=16)]
_VERSION = Annotated[int, msgspec.Meta(ge=1)]
_SECONDS = Annotated[float, msgspec.Meta(ge=0)]


class Fields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record as it is written; None is what was left out."""

    bn: _NAME | None = None
    bt: float | None = None
    bu: _UNIT | None = None
    bv: float | None = None
    bs: float | None = None
    bver: _VERSION | None = None
    n: _NAME | None = None
    u: _UNIT | None = None
    v: float | None = None
    vs: str | None = None
    vb: bool | None = None
    vd: bytes | None = None
    s: float | None = None
    t: float | None = None
    ut: _SECONDS | None = None


_NUMBERS = {
    "bver": -1, "bn": -2, "bt": -3, "bu": -4, "bv": -5, "bs": -6,
    "n": 0, "u": 1, "v": 2, "vs": 3, "vb": 4, "s": 5, "t": 6, "ut": 7, "vd": 8,
}  # fmt: skip
_LABELS = {number: label for label, number in _NUMBERS.items()}


def fields_of(node: object, encoding: Encoding, *, at: str) -> Fields:
    """The fields of one record.

    Args:
        node: One element of a pack, from `decode_tree`.
        encoding: What it was written in.
        at: Its path, with its separator: `record 3: `.

    Raises:
        MalformedError: It is not a record, or has a label that must be understood.
    """
    if not isinstance(node, dict):
        raise MalformedError(field=at.rstrip(" :"), rule="must be a map")
    by_label = {_label(key, encoding, at): value for key, value in node.items()}
    if "vd" in by_label:
        by_label["vd"] = octets(by_label["vd"], encoding, field=at + "vd")
    return shaped(by_label, Fields, at=at)


def record_of(fields: Fields, encoding: Encoding) -> dict[object, object]:
    """The fields as one element of a pack."""
    given = msgspec.structs.asdict(fields)
    said = [(label, value) for label, value in given.items() if value is not None]
    if encoding is Encoding.CBOR:
        return {_NUMBERS[label]: value for label, value in said}
    return {label: base64url.to_text(v) if isinstance(v, bytes) else v for label, v in said}


def _label(key: object, encoding: Encoding, at: str) -> object:
    """The text label; unknown ones stay, to be ignored."""
    if isinstance(key, int):
        return _LABELS.get(key, str(key))
    if encoding is Encoding.CBOR and key in _NUMBERS:
        raise MalformedError(field=f"{at}{key}", rule="in CBOR this label is a number")
    if isinstance(key, str) and key.endswith("_"):
        rule = "a label ending in _ must be understood, and none is"
        raise MalformedError(field=f"{at}{key[:24]!a}", rule=rule)
    return key
