"""JSON (RFC 8259), bounded before it is decoded."""

import json
import re
from itertools import accumulate
from typing import NoReturn

from edge.errors import MalformedError

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
"""A string, also one that never ends: then the decoder refuses it, and nothing is scanned twice."""

_BRACKET = re.compile(rb"[\[\]{}]")


def decode_json(payload: bytes, *, depth_most: int) -> object:
    """The JSON text as Python values; numbers may still be infinite (`1e999`).

    Raises:
        MalformedError: It is too deep, not JSON in UTF-8, or a key comes twice in one object.
    """
    if _depth(payload) > depth_most:
        raise MalformedError(field="payload", rule=f"at most {depth_most} levels deep")
    try:
        return json.loads(
            payload.decode(), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant
        )
    except ValueError:
        raise MalformedError(field="payload", rule="must be JSON in UTF-8") from None


def _depth(payload: bytes) -> int:
    brackets = _BRACKET.findall(_STRING.sub(b"", payload))
    return max(accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Two decoders may take two values for one key: so nobody gets to say a thing twice."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedError(field="payload", rule="a key must come once in an object")
    return members


def _refuse_constant(_name: str) -> NoReturn:
    """`NaN` and `Infinity` are Python's, not JSON's."""
    raise ValueError
