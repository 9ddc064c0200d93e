"""How fast an item is used: the spans of use that were booked, and the rate they show.

Recent spans are kept one by one, so that guests and holidays can be told from habit (stay.py);
older ones fade into one sum.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from edge.needs.stay import Counted, Habit, tell

RECENT_MOST = 28
"""Booked spans kept one by one, about four weeks; older ones fade into a sum."""

_FADE_DAYS = 60.0
"""Half-life of what is older: the best single half-life on the coop set (notes of the purchase
model, TSB with 60 days)."""

_GRAIN_STRENGTH = 6.0
"""How many spans the first guess of a use's size counts for."""

_LEAST_SHARE = 1e-3
"""The rate never falls below this part of the first guess: nothing is never used again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """So much was used in so many days."""

    days: float
    used: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Use per day, in the item's unit.

    Attributes:
        mean, sd: Of the present rate, with what is unknown about it.
        grain: The variance of use per unit of mean use.
        usual: The rate of ordinary times.
        changed: The probability that the present rate is not the usual one.
    """

    mean: float
    sd: float
    grain: float
    usual: float
    changed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All that is remembered of past use; bounded.

    Attributes:
        recent: The newest spans, oldest first, at most RECENT_MOST.
        older: The faded sum of all spans before them.
        first_rate: The public guess of the rate, from the prior.
        shape: How sure that guess is: the shape of its gamma distribution.
        first_grain: The guess of the size of one use.
    """

    recent: tuple[Span, ...] = ()
    older: Span = Span(days=0.0, used=0.0)
    first_rate: float
    shape: float
    first_grain: float

    def booked(self, span: Span) -> "Pace":
        """The pace after one more span; a span without days changes nothing."""
        if span.days <= 0.0:
            return self
        recent = (*self.recent, span)
        if len(recent) <= RECENT_MOST:
            return replace(self, recent=recent)
        fade = 0.5 ** (span.days / _FADE_DAYS)
        older = Span(
            days=fade * self.older.days + recent[0].days,
            used=fade * self.older.used + recent[0].used,
        )
        return replace(self, recent=recent[1:], older=older)

    def rate(self) -> Rate:
        """The present rate: the mean over all stories of how it may have changed."""
        grain = self._grain()
        told = tell(self._habit(grain), [_counted(span, grain) for span in self.recent])
        return Rate(
            mean=max(told.rate * grain, self.first_rate * _LEAST_SHARE),
            sd=math.sqrt(told.variance) * grain,
            grain=grain,
            usual=told.usual * grain,
            changed=told.away,
        )

    def _habit(self, grain: float) -> Habit:
        """What is known of the usual rate without the recent spans."""
        prior_days = self.shape * grain / self.first_rate
        older = _counted(self.older, grain)
        return Habit(self.shape, prior_days, older.uses, older.days)

    def _grain(self) -> float:
        """The size of a use, from how much neighbouring spans differ.

        Neighbours, not the distance from a common mean: a changed rate would look like coarse use.
        """
        days = self.older.days + sum(span.days for span in self.recent)
        used = self.older.used + sum(span.used for span in self.recent)
        if used <= 0.0:
            return self.first_grain
        seen = [_unevenness(one, other) * days / used for one, other in pairwise(self.recent)]
        total = _GRAIN_STRENGTH * self.first_grain + sum(seen)
        return total / (_GRAIN_STRENGTH + len(seen))


def _unevenness(one: Span, other: Span) -> float:
    """An estimate of the variance of a day's use."""
    gap = one.used / one.days - other.used / other.days
    return gap * gap / (1.0 / one.days + 1.0 / other.days)


def _counted(span: Span, grain: float) -> Counted:
    return Counted(span.used / grain, span.days)
