"""One item's readings of one UTC day, in time order, sixteen bytes each while open."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from edge.adapters.store.readings.columns import (
    pack_floats,
    pack_integers,
    unpack_floats,
    unpack_integers,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
"""A day in microseconds."""

DAY_MOST = 8_640
"""One reading every ten seconds; an appliance that says more is not believed more."""


def instant(time: datetime) -> int:
    """Microseconds since 1970, exact."""
    return (time - EPOCH) // timedelta(microseconds=1)


def moment(microseconds: int) -> datetime:
    """The datetime again."""
    return EPOCH + timedelta(microseconds=microseconds)


class DaySeries:
    """Readings by instant, each instant once; the first value stays."""

    __slots__ = ("_times", "_values")

    def __init__(self) -> None:
        self._times = array("q")
        self._values = array("d")

    @classmethod
    def unpacked(cls, packed: bytes) -> "DaySeries":
        """What `packed` made."""
        times, values = msgspec.msgpack.decode(packed, type=tuple[bytes, bytes])
        series = cls()
        series._times.extend(unpack_integers(times))
        series._values.extend(unpack_floats(values))
        return series

    def packed(self) -> bytes:
        """Few bytes for a row."""
        columns = pack_integers(self._times), pack_floats(self._values)
        return msgspec.msgpack.encode(columns)

    def add(self, time: int, value: float) -> bool:
        """Keep a reading; returns whether it was new and there was room."""
        place = bisect_left(self._times, time)
        if len(self._times) >= DAY_MOST or self._times[place : place + 1] == array("q", (time,)):
            return False
        self._times.insert(place, time)
        self._values.insert(place, value)
        return True

    def __contains__(self, time: int) -> bool:
        place = bisect_left(self._times, time)
        return self._times[place : place + 1] == array("q", (time,))

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return zip(self._times, self._values, strict=True)

    def __len__(self) -> int:
        return len(self._times)

    def outside(self, start: int, end: int) -> "DaySeries":
        """Those not in the half open span."""
        rest = DaySeries()
        for time, value in self:
            if not start <= time < end:
                rest.add(time, value)
        return rest
