"""From noisy amounts to the amount that is really there.

A one-dimensional Kalman filter whose level falls by the expected use; what lies outside its gate is
not blended in but kept waiting, until a second reading agrees: then the level has jumped there (a
refill, a spill, a large use). A place that is suddenly empty waits for hours, because the butter is
on the breakfast table.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from edge.needs.pace import Rate


class Move(StrEnum):
    """What a reading did to the level."""

    STEADY = "steady"
    UNSURE = "unsure"
    LIFTED = "lifted"
    DROP = "drop"
    RISE = "rise"
    REFILL = "refill"


_GATE = 4.0
"""Standard deviations; ordinary noise leaves it once in 16,000 readings."""

_FIRST_NOISE = 0.01
"""A kitchen scale's noise before it is known, in packages (sd)."""

_LEAST_NOISE = 1e-4
"""The noise never counts for less, in packages (sd): scales are rounded."""

_NOISE_MEMORY = 0.98
"""About the latest fifty pairs of readings say how noisy the sensor is."""

_PAIR = timedelta(hours=3)
"""Two readings further apart differ by use as much as by noise."""

_REFILL_SHARE = 0.15
"""A rise by less than this part of a package is something leaning on the shelf, not shopping."""

_LIFT = timedelta(hours=3)
"""A breakfast or a long dinner; what is gone for longer is gone."""

_EMPTY_SHARE = 0.03
"""A place shows up to this part of a package when nothing stands on it."""

_SILENCE = timedelta(hours=6)
"""A sensor that speaks this rarely is believed at once: there is no second reading to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A level that would contradict ours, until another reading agrees."""

    level: float
    since: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """The level as the readings so far show it.

    Attributes:
        level: The amount, at `at`; 0 or more.
        variance: Of the level.
        noise: The variance of one reading.
        package: What a full package holds, as far as seen.
        at: The time of the newest reading that counted.
        last: The newest amount, believed or not, and its time.
        waiting: A contradiction that waits for agreement.
    """

    level: float
    variance: float
    noise: float
    package: float
    at: datetime
    last: float
    last_at: datetime
    waiting: Waiting | None = None

    @classmethod
    def first(cls, amount: float, *, at: datetime, package: float, exact: bool) -> "Gauge":
        """The level after one reading."""
        noise = 0.0 if exact else (_FIRST_NOISE * package) ** 2
        return cls(
            level=amount,
            variance=2.0 * noise,
            noise=noise,
            package=package,
            at=at,
            last=amount,
            last_at=at,
        )

    def read(self, amount: float, *, at: datetime, rate: Rate) -> tuple["Gauge", Move]:
        """The gauge after one more amount, and what it did."""
        expected, variance = self.expected(at, rate)
        heard = self._heard(amount, at)
        if self.noise == 0.0:
            return heard.jump(amount, at, at)
        if abs(amount - expected) <= _GATE * math.sqrt(variance + self.noise):
            return heard.blend(amount, at, expected, variance), Move.STEADY
        return heard.wait(amount, at, silence=at - self.last_at)

    def expected(self, at: datetime, rate: Rate) -> tuple[float, float]:
        """The level at a later instant, had nothing been said, and its variance."""
        days = (at - self.at) / timedelta(days=1)
        use = rate.mean * days
        variance = self.variance + rate.grain * use + (rate.sd * days) ** 2
        return max(self.level - use, 0.0), variance

    def _heard(self, amount: float, at: datetime) -> "Gauge":
        """With what the step from the reading before says about noise."""
        noise = self.noise
        step = amount - self.last
        if noise and at - self.last_at <= _PAIR and step * step <= 2.0 * _GATE**2 * noise:
            noise = _NOISE_MEMORY * noise + (1.0 - _NOISE_MEMORY) * step * step / 2.0
            noise = max(noise, (_LEAST_NOISE * self.package) ** 2)
        return replace(self, noise=noise, last=amount, last_at=at)

    def blend(self, amount: float, at: datetime, expected: float, variance: float) -> "Gauge":
        """Weigh an amount against the expected level, by their variances."""
        gain = variance / (variance + self.noise)
        level = max(expected + gain * (amount - expected), 0.0)
        return replace(self, level=level, variance=(1.0 - gain) * variance, at=at, waiting=None)

    def wait(self, amount: float, at: datetime, *, silence: timedelta) -> tuple["Gauge", Move]:
        """Hold a contradicting amount until another agrees with it."""
        waiting = self._agreeing(amount, at)
        held = replace(self, waiting=waiting)
        if self._vanished(waiting.level) and at - waiting.since < _LIFT:
            return held, Move.LIFTED
        if waiting.count > 1 or silence >= _SILENCE:
            return held.jump(waiting.level, at, waiting.since)
        return held, Move.UNSURE

    def _agreeing(self, amount: float, at: datetime) -> Waiting:
        """The waiting level with this amount, or a new one if they disagree."""
        old = self.waiting
        if old and abs(amount - old.level) <= _GATE * math.sqrt(2.0 * self.noise):
            level = old.level + (amount - old.level) / (old.count + 1)
            return Waiting(level=level, since=old.since, count=old.count + 1)
        return Waiting(level=amount, since=at, count=1)

    def _vanished(self, level: float) -> bool:
        """Whether the place is empty although a good part of the package was there."""
        empty = _EMPTY_SHARE * self.package
        return level <= empty and self.level > empty + _REFILL_SHARE * self.package

    def jump(self, level: float, at: datetime, since: datetime) -> tuple["Gauge", Move]:
        """Take the level for what it is, as it was first seen at `since`."""
        move = self._move(level)
        package = max(self.package, level) if move is Move.REFILL else self.package
        moved = replace(
            self,
            level=level,
            variance=self.noise,
            package=package,
            at=since if move is Move.REFILL else at,
            waiting=None,
        )
        return moved, move

    def _move(self, level: float) -> Move:
        if level - self.level > _REFILL_SHARE * self.package:
            return Move.REFILL
        if level > self.level:
            return Move.RISE
        return Move.DROP
