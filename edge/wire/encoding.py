"""The two encodings of the wire, each bounded before a decoder sees it.

What comes out is plain: maps, lists, text, bytes, booleans, None and finite numbers. Nothing a
payload can hold makes a decoder allocate, recurse or compute more than its own length.
"""

import json
import math
from decimal import Decimal
from enum import StrEnum

import cbor2

from edge.errors import MalformedError
from edge.wire.cbor_heads import check_heads
from edge.wire.json_text import decode_json

PAYLOAD_MOST = 16 * 1024
"""Bytes: a day of quarter-hour readings of five items is 12 KiB."""

DEPTH_MOST = 16
"""Twice the depth of our deepest document, a manifest with what other vocabularies add to it."""

_INTEGERS = range(-(2**64), 2**64)
"""What CBOR can say without a tag; JSON could go on for ever."""


class Encoding(StrEnum):
    """How a payload is written: the transport knows from its content format or topic."""

    JSON = "json"
    CBOR = "cbor"


def decode_tree(payload: bytes, encoding: Encoding) -> object:
    """The payload as plain Python values.

    Raises:
        MalformedError: It is over a limit, not what its encoding allows, or says one thing twice.
    """
    if len(payload) > PAYLOAD_MOST:
        raise MalformedError(field="payload", rule=f"at most {PAYLOAD_MOST} bytes")
    if encoding is Encoding.JSON:
        return _plain(decode_json(payload, depth_most=DEPTH_MOST))
    return _plain(_decode_cbor(payload))


def encode_tree(tree: object, encoding: Encoding) -> bytes:
    """Plain Python values as a payload, compact.

    Raises:
        ValueError: A number is not finite.
    """
    if encoding is Encoding.CBOR:
        return cbor2.dumps(tree)
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _decode_cbor(payload: bytes) -> object:
    check_heads(payload)
    try:
        return cbor2.loads(
            payload, max_depth=DEPTH_MOST, allow_indefinite=False, allow_duplicate_keys=False
        )
    except (cbor2.CBORError, ArithmeticError, ValueError):
        rule = f"must be CBOR: no key twice, at most {DEPTH_MOST} levels deep"
        raise MalformedError(field="payload", rule=rule) from None


def _plain(node: object) -> object:
    """The node, if it is one of the few things that both encodings share."""
    match node:
        case dict():
            return {_plain_key(key): _plain(value) for key, value in node.items()}
        case list():
            return [_plain(value) for value in node]
        case None | bool() | bytes():
            return node
        case str():
            return _plain_text(node)
        case int() | float() | Decimal():
            return _plain_number(node)
        case _:
            raise MalformedError(field="payload", rule="holds something that JSON has no word for")


def _plain_key(key: object) -> object:
    if isinstance(key, str):
        return _plain_text(key)
    if type(key) is int and key in _INTEGERS:
        return key
    raise MalformedError(field="payload", rule="a key must be text or a whole number")


def _plain_text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise MalformedError(field="payload", rule="text must be Unicode: half a surrogate pair")
    return text


def _plain_number(number: float | Decimal) -> float:
    """Finite, as the nearest double when it was a decimal fraction."""
    fits = number in _INTEGERS if isinstance(number, int) else math.isfinite(float(number))
    if not fits:
        raise MalformedError(field="payload", rule="a number must be finite and fit 64 bits")
    return float(number) if isinstance(number, Decimal) else number
