"""The regularised incomplete beta function, which the standard library lacks.

Lentz's evaluation of the continued fraction DLMF 8.17.22 on the side where it converges fast;
tests/needs compares it with scipy.
"""

import math

_PRECISION = 1e-10
"""Relative; far below what any sensor can say."""

_MOST_TERMS = 400
"""The fraction needs about the square root of the larger parameter."""

_TINY = 1e-300
"""Keeps Lentz's denominators off zero."""


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The chance that a beta variate of these parameters is at most `x`.

    Raises:
        ValueError: A parameter is not positive.
    """
    if a <= 0.0 or b <= 0.0:
        message = "parameters must be positive"
        raise ValueError(message)
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _lower(b, a, 1.0 - x)
    return _lower(a, b, x)


def _lower(a: float, b: float, x: float) -> float:
    log_front = a * math.log(x) + b * math.log1p(-x) + _log_binomial(a, b)
    return min(math.exp(log_front) * _fraction(a, b, x) / a, 1.0)


def _log_binomial(a: float, b: float) -> float:
    return math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0) or _TINY)
    total = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        d = 1.0 / (1.0 + even * d or _TINY)
        c = 1.0 + even / c or _TINY
        total *= c * d
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        d = 1.0 / (1.0 + odd * d or _TINY)
        c = 1.0 + odd / c or _TINY
        total *= c * d
        if abs(c * d - 1.0) < _PRECISION:
            break
    return total
