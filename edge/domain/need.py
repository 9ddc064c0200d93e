"""A lack that is coming, with its probability, its evidence and its end.

No need, no offer (promise 7): a `Need` is the only thing matching ever starts from, and only in
the form of a `ConsentedNeed` (see consent.py).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.item import ItemId
from edge.domain.measures import NeedId, Probability, Unit, checked_probability
from edge.domain.stock import RunOut


class EvidenceFact(StrEnum):
    """The few kinds of fact that a need can rest on; each has one sentence in each language."""

    LEFT = "left"
    """So much is left; `amount` in `unit`."""
    RATE = "rate"
    """So much is used a day; `amount` in `unit`."""
    RESTOCK_WEEKDAY = "restock_weekday"
    """Usually restocked on a weekday; `amount` from 0 (Monday) to 6."""
    RESTOCK_EVERY = "restock_every"
    """Usually restocked every so many days; `amount` in days."""
    PACE_CHANGE = "pace_change"
    """Lately used faster or slower than usual; `amount` is the present rate over the usual one."""
    READINGS = "readings"
    """So many readings; `amount` is a count."""
    EMPTY = "empty"
    """The place is empty; `amount` is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact that made the need, in the model's own terms."""

    fact: EvidenceFact
    amount: float
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something this home will lack soon.

    Attributes:
        id: Stays the same while the need is open: item and the refill it started from.
        item: What runs out.
        category: Its public category.
        probability: That it runs out within `horizon_days`.
        horizon_days: The window the probability is about.
        run_out: When it will be gone.
        evidence: The facts behind it, most telling first; never empty.
        opened_at: UTC.
        valid_until: The first instant at which this need is stale and must be inferred anew; UTC.
    """

    id: NeedId
    item: ItemId
    category: CategoryName
    probability: Probability
    horizon_days: float
    run_out: RunOut
    evidence: tuple[Evidence, ...]
    opened_at: datetime
    valid_until: datetime

    def __post_init__(self) -> None:
        """A need is a probability with evidence.

        Raises:
            ValueError: It has none, or the probability is out of range.
        """
        checked_probability(self.probability, "probability")
        if not self.evidence:
            message = "a need without evidence is a guess"
            raise ValueError(message)

    @property
    def data(self) -> DataCategory:
        """The kind of data that a grant for this need is about."""
        return CATEGORIES[self.category].data
