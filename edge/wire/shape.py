"""From a plain tree to a shape with limits, and from msgspec's words to ours."""

from contextlib import suppress
from typing import Annotated, TypeVar

import msgspec

from edge.errors import MalformedError
from edge.wire import base64url
from edge.wire.encoding import Encoding

ShapeT = TypeVar("ShapeT", bound=msgspec.Struct)

Text = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=80,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\Z",
    ),
]
"""A text in a manifest: one line that people read, nothing that breaks it or turns it around."""

_MISSING = "Object missing required field "


def shaped(tree: object, shape: type[ShapeT], *, at: str = "") -> ShapeT:
    """The tree in its shape; members that the shape does not know are ignored.

    Shapes hold no enumerations: msgspec would repeat an unknown value in its message.

    Args:
        tree: From `decode_tree`.
        shape: A Struct, its limits in its types.
        at: The path of the tree in its payload, with its separator: `record 3: `.

    Raises:
        MalformedError: It does not fit; the field is the path, without values.
    """
    try:
        return msgspec.convert(tree, shape, builtin_types=(bytes,))
    except msgspec.ValidationError as error:
        rule, _, where = str(error).partition(" - at ")
        path = where.strip("`").removeprefix("$").removeprefix(".")
        if rule.startswith(_MISSING):
            path = f"{path}.{rule.removeprefix(_MISSING).strip('`')}".removeprefix(".")
            rule = "is required"
        field = (at + path).rstrip(" :.") or "payload"
        raise MalformedError(field=field, rule=rule[0].lower() + rule[1:]) from None


def octets(value: object, encoding: Encoding, *, field: str) -> bytes:
    """Bytes: a byte string in CBOR, base64url without padding in JSON.

    Raises:
        MalformedError: It is anything else.
    """
    if encoding is Encoding.CBOR and isinstance(value, bytes):
        return value
    if encoding is Encoding.JSON and isinstance(value, str):
        with suppress(ValueError):
            return base64url.to_bytes(value)
    raise MalformedError(field=field, rule="must be base64url without padding, in CBOR bytes")
