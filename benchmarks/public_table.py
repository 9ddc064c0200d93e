"""Public tables of needs and items, counted from the households of a prior folder.

Counted beforehand, on other households than the one that is predicted; never on the device.
"""

import csv
import gzip
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.data import History
from edge.needs.renewal import chances
from edge.needs.season import WEEKS, PublicNeed, Season

_YEAR = 365.25

_KERNEL = (1, 2, 3, 4, 3, 2, 1)
"""A week speaks for three weeks to either side."""

_EVENLY = 3.0
"""Purchases' worth of faith in there being no season."""

_LIFT_STRENGTH = 20.0
"""Purchases' worth of faith in a need being like all others."""

_DECISIONS = 12
"""Days per household at which the lift is measured."""

_JOINED = 70
"""Days of history of a household that has just joined: the middle of 4 to 16 weeks."""

_NEW_DAYS = 120.0
"""How a lift fades in renewal.py."""


def load_needs(folder: Path) -> dict[str, History]:
    """The trips of each household of a dated set, as the judge reads them."""
    with gzip.open(folder / "items.csv.gz", "rt", newline="") as file:
        need = {row["item"]: row["need"] for row in csv.DictReader(file)}
    days: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    with gzip.open(folder / "events.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            days[row["household"]][int(row["day"])].add(need.get(row["item"], "UNKNOWN"))
    return {
        household: [(day, sorted(trips[day])) for day in sorted(trips)]
        for household, trips in days.items()
    }


def public_needs(
    households: Iterable[History], *, horizon: int = 7, lifts: bool = True
) -> dict[str, PublicNeed]:
    """Season and lift of each need."""
    known = list(households)
    seasons = {need: PublicNeed(season=season) for need, season in _seasons(known).items()}
    if not lifts:
        return seasons
    lift = _lifts(known, seasons, horizon)
    return {
        need: PublicNeed(season=public.season, lift=lift.get(need, 0.0))
        for need, public in seasons.items()
    }


def _seasons(households: list[History]) -> dict[str, Season]:
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0] * WEEKS)
    total = [0.0] * WEEKS
    for history in households:
        for day, needs in history:
            week = int(day % _YEAR // 7)
            total[week] += len(needs)
            for need in needs:
                counts[need][week] += 1.0
    mean = sum(total) / WEEKS
    share = [count / mean for count in _smooth(total)]
    return {need: _season(weeks, share) for need, weeks in counts.items()}


def _season(weeks: list[float], share: list[float]) -> Season:
    mean = sum(weeks) / WEEKS
    pairs = zip(_smooth(weeks), share, strict=True)
    return Season(
        tuple(math.log((count + _EVENLY) / (even * mean + _EVENLY)) for count, even in pairs)
    )


def _smooth(weeks: list[float]) -> list[float]:
    reach = len(_KERNEL) // 2
    return [
        sum(w * weeks[(at + k - reach) % WEEKS] for k, w in enumerate(_KERNEL)) / sum(_KERNEL)
        for at in range(WEEKS)
    ]


def _lifts(
    households: list[History], public: Mapping[str, PublicNeed], horizon: int
) -> dict[str, float]:
    """The log odds each need lacks in households that joined sixteen weeks ago."""
    missing: dict[str, float] = defaultdict(float)
    certainty: dict[str, float] = defaultdict(float)
    dice = random.Random(0)
    for history in households:
        for seen, today in _decisions(history, dice, horizon):
            bought = {n for day, needs in history if today < day <= today + horizon for n in needs}
            for need, chance in chances(seen, today=today, public=public).items():
                missing[need] += (need in bought) - chance
                certainty[need] += chance * (1.0 - chance)
    whole = math.exp(_JOINED / _NEW_DAYS)
    return {need: whole * missing[need] / (certainty[need] + _LIFT_STRENGTH) for need in missing}


def _decisions(
    history: History, dice: random.Random, horizon: int
) -> Iterable[tuple[History, int]]:
    """Days of one household and what was known on them."""
    first, last = history[0][0], history[-1][0] - horizon
    if last - first < 2 * _JOINED:
        return
    for _ in range(_DECISIONS):
        today = dice.randint(first + _JOINED, last)
        joined = [trip for trip in history if today - _JOINED <= trip[0] <= today]
        if joined:
            yield joined, today
