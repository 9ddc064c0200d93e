"""The terms by which a household's purchases of one need are judged: eighteen, and five crossed.

Rates that fade at three speeds, log-normal hazards of the interval in days and in trips, the
household's own share of intervals that ended now, its season last year, how much of all this there
is. Each is a plain number of this household alone; the weights in purchase_constants.py are public.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from edge.needs.odds import ForgettingMean, faded_days, half_life, log_hazard, log_odds
from edge.needs.season import SEASONLESS, Season
from edge.needs.trips import Trips

NEWEST = 512
"""Purchase days that are remembered of one need: ten years of weekly milk in one kilobyte."""

FEWEST = 2
"""Purchases before there is an interval to judge."""

_MEMORIES = (21.0, 180.0)
"""Half-lives in days of the rates: this month and this half-year."""

_TRIP_MEMORY = 10.0
"""Half-life in trips of the share of trips that bring it home."""

_INTERVAL, _INTERVAL_STRENGTH = 40.0, 2.0
"""Days between two purchases before any interval is known, and for how many that guess counts."""

_LOG_INTERVAL, _LOG_SPREAD = math.log(25.0), 2.4
"""The same for its logarithm: median, and the prior sum of squares for four degrees."""

_TRIPS_BETWEEN = 8.0
"""Trips between two purchases before any interval is known."""

_HAZARD_STRENGTH = 10.0
"""Intervals' worth of faith in the plain rate against the household's own share."""

_YEAR, _BEFORE, _AFTER = 365, 17, 24
"""The same season: from so many days before to so many after this day in earlier years."""

_SEASON_FROM = 395.0
"""Days of history before there is a last year."""

_LAST_FEW = 64
"""Purchases beyond these are too many trips ago to weigh anything in the share of trips."""

_FADING = {days: half_life(days) for days in _MEMORIES}
_OVER_TRIPS, _RENEWAL, _HAZARD = half_life(_TRIP_MEMORY), half_life(120.0), half_life(365.0)
_LOGS = [0.0, *(math.log(days) for days in range(1, 4_000))]
"""Logarithms of whole days, looked up."""


class Terms(NamedTuple):
    """One need's terms, in the order of the weights; all are logarithms or log odds."""

    rate_month: float
    rate_half_year: float
    renewal_days: float
    renewal_trips: float
    purchases: float
    interval: float
    trips_month: float
    trips_half_year: float
    observed: float
    spread: float
    own_season: float
    season: float
    season_turn: float
    own_hazard: float
    trip_soon: float
    share_of_trips: float
    trip_size: float
    renewal_recent: float


class Crossed(NamedTuple):
    """Where two terms together say more than both alone, found on the bench by a score test."""

    rate_in_season: float
    interval_squared: float
    trip_soon_squared: float
    season_squared: float
    season_turn_observed: float


def crossed(of: Terms) -> Crossed:
    """The products that the weights were fitted with."""
    return Crossed(
        rate_in_season=of.rate_month * of.season,
        interval_squared=of.interval**2,
        trip_soon_squared=of.trip_soon**2,
        season_squared=of.season**2,
        season_turn_observed=of.season_turn * of.observed,
    )


def terms(
    days: Sequence[int], shopping: Trips, *, horizon: float, season: Season = SEASONLESS
) -> Terms:
    """The terms of a need bought on these days (ascending, at least two), the newest 512 counting.

    Args:
        days: Whole days on which it was bought, up to today.
        shopping: The household's trips, for the same today and horizon.
        horizon: Days ahead that the question is about.
        season: How the whole public's purchases of this need go with the year, where known.
    """
    days = days[-NEWEST:]
    today, observed = shopping.today, shopping.observed
    waited = today - days[-1]
    intervals = [after - before for before, after in pairwise(days)]
    logs, recent = _logs(days, intervals, today)
    rates = [_rate(days, today, observed, memory) for memory in _MEMORIES]
    count = len(days)
    return Terms(
        rate_month=_odds_of(rates[0], horizon),
        rate_half_year=_odds_of(rates[1], horizon),
        renewal_days=log_odds(log_hazard(waited, horizon, logs.mean, logs.sd)),
        renewal_trips=_renewal_in_trips(days, shopping, horizon, logs.sd),
        purchases=math.log(count),
        interval=math.log(_shrunk(days[-1] - days[0], count - 1, _INTERVAL)),
        trips_month=math.log(shopping.recent + 0.02),
        trips_half_year=math.log(shopping.long + 0.02),
        observed=math.log(observed),
        spread=logs.sd,
        own_season=_own_season(days, shopping),
        season=season.ahead(today),
        season_turn=season.lately(today),
        own_hazard=_own_hazard(days, intervals, today, horizon, rates[1]),
        trip_soon=shopping.soon,
        share_of_trips=_share_of_trips(days, shopping, horizon),
        trip_size=math.log(shopping.size),
        renewal_recent=log_odds(log_hazard(waited, horizon, recent.mean, recent.sd)),
    )


def _logs(
    days: Sequence[int], intervals: Sequence[int], today: int
) -> tuple[ForgettingMean, ForgettingMean]:
    """The logarithm of the interval: over all, and with a memory of four months."""
    plain, recent = (
        ForgettingMean(prior_mean=_LOG_INTERVAL, strength=_INTERVAL_STRENGTH, spread=_LOG_SPREAD)
        for _ in range(2)
    )
    for after, interval in zip(days[1:], intervals, strict=True):
        log = _LOGS[min(interval, len(_LOGS) - 1)]
        plain.see(log)
        recent.see(log, _RENEWAL[today - after])
    return plain, recent


def _rate(days: Sequence[int], today: int, observed: float, memory: float) -> float:
    """Purchases a day, drawn towards one in two months."""
    fading = _FADING[memory]
    return (sum(fading[today - day] for day in days) + 0.5) / (faded_days(observed, memory) + 30.0)


def _odds_of(rate: float, horizon: float) -> float:
    return log_odds(-math.expm1(-rate * horizon))


def _shrunk(span: float, intervals: int, guess: float) -> float:
    return (span + _INTERVAL_STRENGTH * guess) / (intervals + _INTERVAL_STRENGTH)


def _renewal_in_trips(days: Sequence[int], shopping: Trips, horizon: float, spread: float) -> float:
    """The hazard counted in trips: a holiday without trips ages no interval."""
    last = shopping.number(days[-1])
    between = _shrunk(last - shopping.number(days[0]), len(days) - 1, _TRIPS_BETWEEN)
    mean = math.log(between + 0.5) - spread**2 / 4.0
    waited = shopping.number(shopping.today) - last
    return log_odds(log_hazard(waited, shopping.recent * horizon, mean, spread))


def _share_of_trips(days: Sequence[int], shopping: Trips, horizon: float) -> float:
    """From the share of recent trips that brought it home, and the trips to come."""
    trips = len(shopping.days)
    seen = sum(_OVER_TRIPS[trips - shopping.number(day)] for day in days[-_LAST_FEW:])
    once = 0.5 ** (1.0 / _TRIP_MEMORY)
    share = (seen + 0.3) / ((1.0 - once**trips) / (1.0 - once) + 3.0)
    return log_odds(-math.expm1(-share * shopping.recent * horizon))


def _own_hazard(
    days: Sequence[int], intervals: Sequence[int], today: int, horizon: float, rate: float
) -> float:
    """Of this household's intervals that lasted as long as this one, the share that ended then."""
    waited = today - days[-1]
    lasted = ended = 0.0
    for after, interval in zip(days[1:], intervals, strict=True):
        if interval > waited:
            weight = _HAZARD[today - after]
            lasted += weight
            ended += weight * (interval <= waited + horizon)
    plain = -math.expm1(-rate * horizon)
    return log_odds((ended + _HAZARD_STRENGTH * plain) / (lasted + _HAZARD_STRENGTH))


def _own_season(days: Sequence[int], shopping: Trips) -> float:
    """How this household's purchases around this day of earlier years compare with its mean."""
    first = days[0] if len(days) == NEWEST else shopping.days[0]
    observed = shopping.today - first + 1.0
    if observed <= _SEASON_FROM:
        return 0.0
    seen = length = 0
    for years in (1, 2, 3):
        start = shopping.today - years * _YEAR - _BEFORE
        if start >= first:
            end = start + _BEFORE + _AFTER
            seen += bisect_right(days, end) - bisect_left(days, start)
            length += _BEFORE + _AFTER + 1
    expected = length * len(days) / observed
    return math.log((seen + 2.0) / (expected + 2.0)) if length else 0.0
