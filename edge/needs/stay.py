"""Guests, holidays: was the rate lately another one, and is it still?

Uses are Poisson counts at a gamma distributed rate. Each story says which run of recent spans was a
stay at another rate, or that there was none; its evidence has a closed form, and the stories'
weights follow (a two-regime changepoint model after Adams and MacKay, 2007, with the return to the
old regime that theirs lacks). A stay that ended leaves the usual rate as it was: it is forgotten.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

_LOOK_BACK = 12
"""Spans within which a stay may begin: guests who stay much longer are the household."""

_BEGINS = 1.0 / 20.0
"""Chance that a stay begins on a given day: a visit, a trip, a bout of baking every three weeks.
Half of it finds guests a day later, twice of it sees guests who are not there (docs/needs.md)."""

_LIKELIEST = 0.3
"""However long a span is, it is not likely to begin a stay."""

_ENDS = 1.0 / 7.0
"""Chance that it ends on a given day: a week is the ordinary visit or holiday."""

_SHAPE = 1.0
"""A stay's rate is exponential around the usual one: anything from nothing to thrice."""

_LASTS, _IS_OVER = math.log1p(-_ENDS), math.log(_ENDS)
"""Log probabilities that a stay lasts a day longer, and that it ends."""


class Counted(NamedTuple):
    """So many uses in so many days."""

    uses: float
    days: float


class Habit(NamedTuple):
    """A gamma belief about a rate in uses a day: the prior, and what was counted since."""

    shape: float
    prior_days: float
    uses: float = 0.0
    days: float = 0.0

    @property
    def rate(self) -> float:
        """The mean rate."""
        return (self.shape + self.uses) / (self.prior_days + self.days)

    @property
    def log_evidence(self) -> float:
        """Log probability of the counts, less what is the same for every grouping of them."""
        shape, prior_days, uses, days = self
        return (
            math.lgamma(shape + uses)
            - math.lgamma(shape)
            + shape * math.log(prior_days / (prior_days + days))
            - uses * math.log(prior_days + days)
        )

    def counting(self, uses: float, days: float) -> "Habit":
        """With more uses counted; noise may make a sum negative, but uses are not."""
        return Habit(self.shape, self.prior_days, max(self.uses + uses, 0.0), self.days + days)


class Story(NamedTuple):
    """One way the recent past may have gone.

    Attributes:
        weight: Its probability (log probability until the stories are weighed).
        present: What is known of the present rate, in uses a day.
        usual: The rate of ordinary times.
        away: 1 if the present rate is that of a stay, else 0.
    """

    weight: float
    present: Habit
    usual: float
    away: float


class Told(NamedTuple):
    """All stories together, in uses a day.

    Attributes:
        rate, variance: Of the present rate.
        usual: The rate of ordinary times.
        away: The probability that a stay is on.
    """

    rate: float
    variance: float
    usual: float
    away: float


def tell(habit: Habit, spans: Sequence[Counted]) -> Told:
    """What these spans, oldest first, say about the rate: the mean over every story of them."""
    stories = list(_stories(habit, spans))
    top = max(story.weight for story in stories)
    total = rate = square = usual = away = 0.0
    for story in stories:
        weight = math.exp(story.weight - top)
        mean = story.present.rate
        total += weight
        rate += weight * mean
        square += weight * (mean * mean + mean / (story.present.prior_days + story.present.days))
        usual += weight * story.usual
        away += weight * story.away
    rate /= total
    return Told(rate, max(square / total - rate * rate, 0.0), usual / total, away / total)


def _stories(habit: Habit, spans: Sequence[Counted]) -> Iterator[Story]:
    """No stay first; then every run of recent spans as the stay."""
    uses = [0.0, *accumulate(span.uses for span in spans)]
    days = [0.0, *accumulate(span.days for span in spans)]
    everything = habit.counting(uses[-1], days[-1])
    yield Story(everything.log_evidence, everything, everything.rate, 0.0)
    for since in range(max(1, len(spans) - _LOOK_BACK), len(spans)):
        begins = math.log(min(_BEGINS * spans[since].days, _LIKELIEST))
        for until in range(since + 1, len(spans) + 1):
            stayed = Counted(uses[until] - uses[since], days[until] - days[since])
            yield _with_stay(everything, stayed, begins, over=until < len(spans))


def _with_stay(everything: Habit, stayed: Counted, begins: float, *, over: bool) -> Story:
    usual = everything.counting(-stayed.uses, -stayed.days)
    rate = usual.rate
    stay = Habit(_SHAPE, _SHAPE / rate, max(stayed.uses, 0.0), stayed.days)
    lasts = stayed.days * _LASTS + (_IS_OVER if over else 0.0)
    weight = begins + lasts + usual.log_evidence + stay.log_evidence
    return Story(weight, usual, rate, 0.0) if over else Story(weight, stay, rate, 1.0)
