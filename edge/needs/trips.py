"""A household's shopping trips: how often, how regularly, how much at a time.

Half of whether butter is bought this week is whether anybody goes shopping.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from edge.needs.odds import ForgettingMean, faded_days, half_life, log_hazard, log_odds

_TRIP_GAP = 5.0
"""Days between two trips before any is known (coop: 1.3 trips a week, slow households 0.6)."""

_TRIP_STRENGTH = 2.0
"""How many intervals that guess counts for."""

_TRIP_SPREAD = 2.0
"""The prior sum of squares of log intervals, for four degrees of freedom."""

_RECENT, _LONG, _HABIT = half_life(28.0), half_life(180.0), half_life(120.0)
"""Memory in days of the present and the long-run trip rate, and of the trip interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """What a household's trips say on one day.

    Attributes:
        days: The days of its trips, in order.
        today: The day the question is asked.
        observed: Days since the first trip, today included.
        recent, long: Trips a day, with a memory of four weeks and of half a year.
        size: The mean number of needs bought on a trip, with a memory of four weeks.
        soon: Log odds of a trip within the horizon, from the trips' own intervals.
    """

    days: tuple[int, ...]
    today: int
    observed: float
    recent: float
    long: float
    size: float
    soon: float

    def number(self, day: int) -> int:
        """How many trips there were up to and including that day."""
        return bisect_right(self.days, day)


def trips(days: Sequence[int], sizes: Sequence[int], *, today: int, horizon: float) -> Trips:
    """What trips on these days, so large, say today; there is at least one."""
    observed = today - days[0] + 1.0
    weights = [_RECENT[today - day] for day in days]
    recent = sum(weights)
    long = sum(_LONG[today - day] for day in days)
    return Trips(
        days=tuple(days),
        today=today,
        observed=observed,
        recent=recent / faded_days(observed, 28.0),
        long=long / faded_days(observed, 180.0),
        size=sum(w * size for w, size in zip(weights, sizes, strict=True)) / recent,
        soon=_soon(days, today, horizon),
    )


def _soon(days: Sequence[int], today: int, horizon: float) -> float:
    logs = ForgettingMean(
        prior_mean=math.log(_TRIP_GAP), strength=_TRIP_STRENGTH, spread=_TRIP_SPREAD
    )
    for before, after in pairwise(days):
        logs.see(math.log(after - before), _HABIT[today - after])
    return log_odds(log_hazard(today - days[-1], horizon, logs.mean, logs.sd))
