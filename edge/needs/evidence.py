"""The few facts a need rests on, in the model's own terms, most telling first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from edge.domain.need import Evidence, EvidenceFact
from edge.needs.belief import Belief

_FEWEST_REFILLS = 4
"""Three intervals: fewer show no habit."""

_WEEKDAY_SHARE = 0.6
"""A weekday is a habit when most refills fell on it."""

_CHANGED = 0.8
"""The rate counts as changed when it is this likely."""


def evidence_for(belief: Belief, *, left: float) -> tuple[Evidence, ...]:
    """What is left, how it goes, and the household's own habit of restocking."""
    return (
        _left(belief, left),
        Evidence(fact=EvidenceFact.RATE, amount=belief.rate.mean, unit=belief.item.unit),
        *_changed_pace(belief),
        *_habit(belief.refills),
        Evidence(fact=EvidenceFact.READINGS, amount=belief.readings),
    )


def _left(belief: Belief, left: float) -> Evidence:
    fact = EvidenceFact.LEFT if left > 0.0 else EvidenceFact.EMPTY
    return Evidence(fact=fact, amount=left, unit=belief.item.unit)


def _changed_pace(belief: Belief) -> Iterator[Evidence]:
    rate = belief.rate
    if rate.changed >= _CHANGED and rate.usual > 0.0:
        yield Evidence(fact=EvidenceFact.PACE_CHANGE, amount=rate.mean / rate.usual)


def _habit(refills: Sequence[datetime]) -> Iterator[Evidence]:
    """The weekday (in UTC) if there is one, else the days between two refills."""
    if len(refills) < _FEWEST_REFILLS:
        return
    weekday, times = Counter(at.weekday() for at in refills).most_common(1)[0]
    if times >= _WEEKDAY_SHARE * len(refills):
        yield Evidence(fact=EvidenceFact.RESTOCK_WEEKDAY, amount=weekday)
        return
    gaps = (after - before for before, after in pairwise(refills))
    days = median(gap / timedelta(days=1) for gap in gaps)
    yield Evidence(fact=EvidenceFact.RESTOCK_EVERY, amount=days)
