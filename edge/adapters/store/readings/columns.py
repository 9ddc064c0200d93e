"""Columns of numbers in few bytes, exact to the last bit: differences, narrow integers, zlib.

A minute's reading of a scale costs about 2 bytes: times are regular, values are whole or have a
few decimals. What does not fit (thirds, noise) is kept as it is, at 8 bytes before zlib.
"""

import math
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise

import msgspec

_SCALES = (1, 10, 100, 1000)
"""Decimals that real sensors have."""

_EXACT = 2**53
"""Beyond this an integer is not a float any more."""

_RAW = 0
"""In place of a scale: the values are plain doubles."""

_UNPACKED_MOST = 1 << 22
"""A column unpacks to at most 4 MiB, whatever its bytes claim."""


class _Column(msgspec.Struct, array_like=True):
    scale: int
    code: str
    body: bytes


def pack_integers(numbers: Sequence[int]) -> bytes:
    """A column of integers, best when they grow evenly."""
    steps = [after - before for before, after in pairwise([0, *numbers])]
    unit = math.gcd(*steps[1:]) or 1
    return _packed(unit, [*steps[:1], *(step // unit for step in steps[1:])])


def unpack_integers(packed: bytes) -> list[int]:
    """The integers again."""
    unit, steps = _unpacked(packed)
    return list(accumulate([*steps[:1], *(step * unit for step in steps[1:])]))


def pack_floats(values: Sequence[float]) -> bytes:
    """A column of numbers with few decimals, or any."""
    for scale in _SCALES:
        scaled = [round(value * scale) for value in values if abs(value) * scale < _EXACT]
        if len(scaled) == len(values) and all(map(_same, scaled, values, [scale] * len(values))):
            return _packed(scale, [b - a for a, b in pairwise([0, *scaled])])
    return msgspec.msgpack.encode(_Column(_RAW, "d", zlib.compress(array("d", values).tobytes())))


def unpack_floats(packed: bytes) -> list[float]:
    """The numbers again."""
    scale, steps = _unpacked(packed)
    if scale == _RAW:
        return list(steps)
    return [scaled / scale for scaled in accumulate(steps)]


def _same(scaled: int, value: float, scale: int) -> bool:
    """Whether the float comes back; minus zero does not."""
    return scaled / scale == value and (scaled != 0 or math.copysign(1, value) > 0)


def _packed(scale: int, steps: Sequence[int]) -> bytes:
    code = _narrowest(steps)
    return msgspec.msgpack.encode(_Column(scale, code, zlib.compress(array(code, steps).tobytes())))


def _narrowest(steps: Sequence[int]) -> str:
    """The array code of the narrowest integer that holds every step."""
    largest = max(map(abs, steps), default=0)
    for code in "bhi":
        if largest < 1 << (8 * array(code).itemsize - 1):
            return code
    return "q"


def _unpacked(packed: bytes) -> tuple[int, array]:  # type: ignore[type-arg]  # of int or float
    column = msgspec.msgpack.decode(packed, type=_Column)
    numbers = array(column.code)
    numbers.frombytes(zlib.decompressobj().decompress(column.body, _UNPACKED_MOST))
    return column.scale, numbers
