"""A walk over the heads of a CBOR item (RFC 8949 section 3), before a decoder sees it.

In definite-length CBOR one head follows the other, so one pass without recursion says whether the
lengths add up and no tag hides anything. cbor2 has no switch against tags, and some of its own
(shared references, big numbers, dates) do more than their length says: ADR 0061.
"""

from edge.errors import MalformedError

_ARGUMENT_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
_BYTES, _TEXT, _ARRAY, _MAP, _TAG = 2, 3, 4, 5, 6

_ONE_ITEM = "must be one whole CBOR item and nothing else"

DECIMAL_FRACTION = 4
"""The only tag that RFC 8428 section 6 lets a number have."""


def check_heads(payload: bytes) -> None:
    """One item, of definite lengths that are all there, without tags but decimal fractions.

    Raises:
        MalformedError: It is anything else.
    """
    at, awaited = 0, 1
    while awaited:
        if awaited > len(payload) - at:
            raise MalformedError(field="payload", rule=_ONE_ITEM)
        major, argument, at = _head(payload, at)
        if major == _TAG and argument != DECIMAL_FRACTION:
            raise MalformedError(field="payload", rule="no CBOR tags but decimal fractions")
        at += argument if major in {_BYTES, _TEXT} else 0
        awaited += {_ARRAY: argument, _MAP: 2 * argument, _TAG: 1}.get(major, 0) - 1
    if at != len(payload):
        raise MalformedError(field="payload", rule=_ONE_ITEM)


def _head(payload: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument and where the head ends."""
    major, info = divmod(payload[at], 32)
    if info < min(_ARGUMENT_BYTES):
        return major, info, at + 1
    if info not in _ARGUMENT_BYTES:
        raise MalformedError(field="payload", rule="must be CBOR of definite lengths")
    end = at + 1 + _ARGUMENT_BYTES[info]
    return major, int.from_bytes(payload[at + 1 : end], "big"), end
