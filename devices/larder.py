"""How much of each thing there is, at each hour of an emulated life: the known truth.

Appliances only ever see it through their sensors; tests and benchmarks may look at it directly.
Hours count from the first midnight, which begins a Monday. A life is finite and then begins
again: so the larder is bounded, and any hour has an answer.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

DAY = 24.0
"""Hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something was taken or put in.

    Attributes:
        hour: When.
        amount: What is there from then on, in the item's own unit.
    """

    hour: float
    amount: float


class Larder:
    """Amounts over time: a step function for each item."""

    def __init__(self, changes: Mapping[str, Sequence[Change]], *, days: int) -> None:
        self.days = days
        self._changes = {item: tuple(steps) for item, steps in changes.items() if steps}
        self._hours = {item: [step.hour for step in steps] for item, steps in changes.items()}

    @property
    def items(self) -> tuple[str, ...]:
        """What it holds, in the order given."""
        return tuple(self._changes)

    def changes(self, item: str) -> Sequence[Change]:
        """Everything that happened to the item in one life, in time order."""
        return self._changes[item]

    def amount(self, item: str, hour: float) -> float:
        """What is there at that hour; before the first change, what the life before left."""
        behind = bisect_right(self._hours[item], hour % (self.days * DAY))
        return self._changes[item][behind - 1].amount

    def stirred(self, after: float, until: float) -> Iterator[float]:
        """The hours in (after, until] at which anything changed, once each, in order."""
        life = self.days * DAY
        for begun in range(int(after // life), int(until // life) + 1):
            start = begun * life
            found = {
                hour
                for hours in self._hours.values()
                for hour in hours[
                    bisect_right(hours, after - start) : bisect_right(hours, until - start)
                ]
            }
            yield from (start + hour for hour in sorted(found))

    def restocks(self, item: str) -> Iterator[Change]:
        """The changes by which there was more than before."""
        before = float("inf")
        for change in self._changes[item]:
            if change.amount > before:
                yield change
            before = change.amount

    def per_day(self, item: str) -> float:
        """The mean use a day over the whole life."""
        steps = self._changes[item]
        used = sum(max(0.0, one.amount - then.amount) for one, then in pairwise(steps))
        return used / self.days

    def low_spells(self, item: str, below: float) -> Iterator[tuple[float, float]]:
        """From when until when there was less than `below`: half-open spells of hours."""
        since: float | None = None
        for change in self._changes[item]:
            if change.amount < below and since is None:
                since = change.hour
            elif change.amount >= below and since is not None:
                yield since, change.hour
                since = None
        if since is not None:
            yield since, self.days * DAY
