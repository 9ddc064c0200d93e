"""A stretch of time in a few numbers: what is left of readings when their raw days are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import groupby

import msgspec

from edge.adapters.store.readings.columns import (
    pack_floats,
    pack_integers,
    unpack_floats,
    unpack_integers,
)
from edge.adapters.store.readings.day_series import moment


class Width(IntEnum):
    """How long a stretch is, in microseconds."""

    QUARTER = 900_000_000
    HOUR = 3_600_000_000
    DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The readings of one stretch that had any.

    Attributes:
        last: The instant of its last reading, microseconds since 1970.
        value: A level's or counter's last value; the sum, where each reading adds (see `Adding`).
        count: How many readings there were.
        low, high: The least and greatest value.
        mean: Of all values.
    """

    last: int
    value: float
    count: int
    low: float
    high: float
    mean: float

    @property
    def last_at(self) -> datetime:
        """The instant of its last reading, UTC."""
        return moment(self.last)


def one_reading(time: int, value: float) -> Stretch:
    """A stretch of a single reading: nothing is lost."""
    return Stretch(last=time, value=value, count=1, low=value, high=value, mean=value)


def rolled_up(stretches: Iterable[Stretch], width: Width, *, adds: bool) -> list[Stretch]:
    """Wider stretches of narrower ones, in time order.

    Args:
        stretches: In any order.
        width: Of the result.
        adds: Whether values add up (one in, one out; so much bought) instead of replacing each
            other (a level, a growing count).
    """
    in_order = sorted(stretches, key=lambda one: one.last)
    grouped = groupby(in_order, key=lambda one: one.last // width)
    return [_merged(list(each), adds=adds) for _, each in grouped]


def pack_stretches(stretches: list[Stretch]) -> bytes:
    """Few bytes for a row."""
    columns = (
        pack_integers([one.last for one in stretches]),
        pack_integers([one.count for one in stretches]),
        *(pack_floats([getattr(one, name) for one in stretches]) for name in _FLOATS),
    )
    return msgspec.msgpack.encode(columns)


def unpack_stretches(packed: bytes) -> list[Stretch]:
    """The stretches again."""
    last, count, *floats = msgspec.msgpack.decode(packed, type=list[bytes])
    columns = [unpack_integers(last), unpack_integers(count), *map(unpack_floats, floats)]
    return [
        Stretch(last=int(one[0]), count=int(one[1]), **dict(zip(_FLOATS, one[2:], strict=True)))
        for one in zip(*columns, strict=True)
    ]


def unpack_values(packed: bytes) -> list[tuple[int, float]]:
    """Only when and what: instant and value of each stretch."""
    last, _, value, *_ = msgspec.msgpack.decode(packed, type=list[bytes])
    return list(zip(unpack_integers(last), unpack_floats(value), strict=True))


_FLOATS = ("value", "low", "high", "mean")


def _merged(stretches: list[Stretch], *, adds: bool) -> Stretch:
    if len(stretches) == 1:
        return stretches[0]
    count = sum(one.count for one in stretches)
    mean = sum(one.mean * one.count for one in stretches) / count
    return Stretch(
        last=stretches[-1].last,
        value=sum(one.value for one in stretches) if adds else stretches[-1].value,
        count=count,
        low=min(one.low for one in stretches),
        high=max(one.high for one in stretches),
        mean=round(mean, _MEAN_DECIMALS),
    )


_MEAN_DECIMALS = 3
"""A milligram: finer than any scale, and three decimals pack into few bytes."""
