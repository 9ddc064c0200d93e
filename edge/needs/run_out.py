"""The distribution of the day an item runs out, in closed form.

Uses of about one grain come at random times (a Poisson process) at a rate that is itself gamma
distributed. The time to the n-th use is then a gamma variate divided by another: a beta prime
variate, so "gone within t" is one incomplete beta function. What is left takes `left / grain` uses,
and half a use more where the last one is seldom used up exactly (the mean excess of renewal
theory). What is left is uncertain too: three Gauss-Hermite points.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from edge.needs.beta_function import incomplete_beta

MOST_DAYS = 365.0
"""Beyond a year nobody plans for butter; the estimate says "too slow to say"."""

_LATEST_DAYS = 3 * MOST_DAYS
"""Where the upper quantile is cut off."""

_EARLIEST_DAYS = 1e-3
"""A minute and a half: nobody asks for more."""

_SECANTS, _STEP, _FARTHEST, _CLOSE = 12, 1.15, 1.5, 0.02
"""Steps at most, the first one's factor, the farthest in log days, and the gap in log odds (half a
percentage point at the median) at which the quantile is found; three are usual."""

_SURE = 1e-12
"""Odds are counted up to here."""

_NORMAL = NormalDist()

_POINTS = ((0.0, 2 / 3), (math.sqrt(3.0), 1 / 6), (-math.sqrt(3.0), 1 / 6))
"""Gauss-Hermite of order three: deviations and their weights."""

_WELL_KNOWN = 0.25
"""A level known to this part of a use counts as known: one point instead of three."""

_LAST_USE = 1.0
"""At least one use is always to come."""

_MOST_USES = 1e4
"""Finer grains than this part of what is left make no difference."""

_SUREST = 0.01
"""A rate known to a hundredth is as good as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Depletion:
    """What is left and how it goes, seen from one instant.

    Attributes:
        left, left_sd: The amount left; 0 or more.
        rate, rate_sd: The use per day.
        grain: The variance of use per unit of mean use: about the size of one use.
        excess: What the last use needs beyond what is left, in uses: half a use on average, none
            where uses are whole pieces.
    """

    left: float
    left_sd: float
    rate: float
    rate_sd: float
    grain: float
    excess: float = 0.5

    def gone_within(self, days: float) -> float:
        """The probability that nothing is left after so many days."""
        if self.left <= 0.0:
            return 1.0
        if days <= 0.0 or self.rate <= 0.0:
            return 0.0
        if self.left_sd < _WELL_KNOWN * self.grain:
            return self._used(self.left, days)
        return sum(
            weight * self._used(self.left + deviation * self.left_sd, days)
            for deviation, weight in _POINTS
        )

    def days_until(self, probability: float) -> float | None:
        """The days within which it is gone with this probability; None beyond three years.

        Zero where it may be gone already with that probability: a scale is never quite sure.
        """
        if self.left <= 0.0 or self.gone_within(_EARLIEST_DAYS) >= probability:
            return 0.0
        if self.gone_within(_LATEST_DAYS) < probability:
            return None
        return self._sought(probability)

    def _used(self, left: float, days: float) -> float:
        """The chance that so much is used in so many days."""
        if left <= 0.0:
            return 1.0
        grain = max(self.grain, left / _MOST_USES)
        uses = max(left / grain + self.excess, _LAST_USE)
        shape = (self.rate / max(self.rate_sd, self.rate * _SUREST)) ** 2
        return incomplete_beta(uses, shape, days / (days + shape * grain / self.rate))

    def _sought(self, probability: float) -> float:
        """The quantile by secants, where log odds are nearly straight in log days."""
        target = _log_odds(probability)
        day = min(max(self._guess(probability), _EARLIEST_DAYS), _LATEST_DAYS)
        other, odds = day * _STEP, _log_odds(self.gone_within(day * _STEP)) - target
        for _ in range(_SECANTS):
            gap = _log_odds(self.gone_within(day)) - target
            if abs(gap) < _CLOSE or gap == odds:
                break
            slope = math.log(day / other) / (gap - odds)
            step = min(max(-gap * slope, -_FARTHEST), _FARTHEST)
            other, odds = day, gap
            day = min(max(day * math.exp(step), _EARLIEST_DAYS), _LATEST_DAYS)
        return day

    def _guess(self, probability: float) -> float:
        """The quantile if use were normally distributed: a quadratic in the days."""
        z = _NORMAL.inv_cdf(probability)
        a = self.rate**2 - (z * self.rate_sd) ** 2
        b = 2.0 * self.left * self.rate + z * z * self.grain * self.rate
        root = math.sqrt(max(b * b - 4.0 * a * self.left**2, 0.0))
        if a <= 0.0:
            return self.left / self.rate
        return (b + math.copysign(root, z)) / (2.0 * a)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _SURE), 1.0 - _SURE)
    return math.log(bounded / (1.0 - bounded))
