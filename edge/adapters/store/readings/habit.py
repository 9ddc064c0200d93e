"""When in the week an item is used: 168 hours, each a forgetting mean; its size never grows."""

from dataclasses import dataclass, field

import msgspec

from edge.adapters.store.readings.columns import pack_floats, unpack_floats

HOURS = 168
"""Of a week, from Monday 0:00 UTC."""

_HALF_LIFE_WEEKS = 6
"""A summer's habit has faded to a quarter by autumn."""

_KEPT = 0.5 ** (1 / _HALF_LIFE_WEEKS)

_DECIMALS = 3


def _zeros() -> list[float]:
    return [0.0] * HOURS


@dataclass(slots=True, kw_only=True)
class Habit:
    """Means and variances by hour of the week.

    Attributes:
        weights: How many weeks, forgetting, each hour rests on; 0 means never seen.
        means: In the item's unit.
        variances: Of the hourly means.
    """

    weights: list[float] = field(default_factory=_zeros)
    means: list[float] = field(default_factory=_zeros)
    variances: list[float] = field(default_factory=_zeros)

    def learn(self, hour: int, mean: float) -> None:
        """Take in one hour's mean; weighted as West (1979) does it."""
        old = self.weights[hour] * _KEPT
        weight, off = old + 1, mean - self.means[hour]
        self.means[hour] += off / weight
        spread = self.variances[hour] * old + off * (mean - self.means[hour])
        self.variances[hour] = spread / weight
        self.weights[hour] = weight

    def packed(self) -> bytes:
        """A row's bytes, 2 kB at most."""
        columns = (self.weights, self.means, self.variances)
        rounded = ([round(one, _DECIMALS) for one in column] for column in columns)
        return msgspec.msgpack.encode([pack_floats(column) for column in rounded])

    @classmethod
    def unpacked(cls, packed: bytes) -> "Habit":
        """What `packed` made."""
        weights, means, variances = map(
            unpack_floats, msgspec.msgpack.decode(packed, type=list[bytes])
        )
        return cls(weights=weights, means=means, variances=variances)
