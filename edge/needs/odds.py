"""Small pieces that purchase models share: fading memory, log odds, the log-normal hazard."""

import math

_MOST_DAYS = 6_000
"""Sixteen years of days have their weight in a table; older ones count like the oldest."""

_SURE = 1e-4
"""Odds are counted up to here: beyond it no household has enough trips to tell."""

_LN2 = math.log(2.0)


class HalfLife:
    """The weight of what is so many days (or trips) old, looked up instead of computed."""

    __slots__ = ("_ratio", "_weights")

    def __init__(self, days: float) -> None:
        self._ratio: float = 0.5 ** (1.0 / days)
        self._weights: list[float] = [0.5 ** (age / days) for age in range(_MOST_DAYS)]

    def __getitem__(self, age: int) -> float:
        """The weight at this age."""
        return self._weights[min(age, _MOST_DAYS - 1)]

    def total(self, ages: int) -> float:
        """All weights up to that age together."""
        return (1.0 - math.pow(self._ratio, ages)) / (1.0 - self._ratio)


def half_life(days: float) -> HalfLife:
    """A memory that halves in so many days."""
    return HalfLife(days)


def faded_days(observed: float, days: float) -> float:
    """What all observed days weigh together, at this half-life."""
    return -math.expm1(-_LN2 * observed / days) * days / _LN2


def log_odds(probability: float) -> float:
    """The logarithm of the odds, bounded."""
    bounded = min(max(probability, _SURE), 1.0 - _SURE)
    return math.log(bounded / (1.0 - bounded))


def probability(log_odds_: float) -> float:
    """The probability with these log odds."""
    return 1.0 / (1.0 + math.exp(-min(max(log_odds_, -30.0), 30.0)))


def log_hazard(waited: float, horizon: float, mean: float, sd: float) -> float:
    """The chance that a log-normal interval ends within the horizon, having lasted `waited`.

    `mean` and `sd` are those of its logarithm.
    """
    over = _above((math.log(waited + 0.5) - mean) / sd)
    later = _above((math.log(waited + horizon + 0.5) - mean) / sd)
    return (over - later) / max(over, _SURE)


def _above(z: float) -> float:
    """The chance that a normal variate exceeds z standard deviations."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


class ForgettingMean:
    """Weighted mean and standard deviation, drawn towards a prior of some strength."""

    __slots__ = ("_prior", "_spread", "_squares", "_strength", "_sum", "_weight")

    def __init__(self, *, prior_mean: float, strength: float, spread: float) -> None:
        self._prior, self._strength, self._spread = prior_mean, strength, spread
        self._weight = self._sum = self._squares = 0.0

    def see(self, value: float, weight: float = 1.0) -> None:
        """Count one value."""
        self._weight += weight
        self._sum += weight * value
        self._squares += weight * value * value

    @property
    def mean(self) -> float:
        """The mean of prior and values."""
        return (self._sum + self._strength * self._prior) / (self._weight + self._strength)

    @property
    def sd(self) -> float:
        """The standard deviation around it; four degrees of freedom are the prior's."""
        mean = self.mean
        squares = self._squares - 2.0 * mean * self._sum + self._weight * mean * mean
        return math.sqrt((max(squares, 0.0) + self._spread) / (self._weight + 4.0))
