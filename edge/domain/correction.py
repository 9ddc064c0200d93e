"""A person's word about an item: it is remembered and weighs more than any sensor."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from edge.domain.item import ItemId
from edge.domain.measures import Amount, checked_utc


class CorrectionKind(StrEnum):
    """What was said."""

    AMOUNT = "amount"
    """So much is left: `amount` in the item's unit."""
    HAVE_IT = "have_it"
    """There is still a package elsewhere; `amount` says how much, None one package."""
    NOT_ME = "not_me"
    """The readings up to then were not ours: they count for nothing."""
    NEVER = "never"
    """Never track this item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction.

    Attributes:
        item: About what.
        kind: What was said.
        at: When, UTC.
        amount: For AMOUNT required, for HAVE_IT optional, else None; 0 or more.
    """

    item: ItemId
    kind: CorrectionKind
    at: datetime
    amount: Amount | None = None

    def __post_init__(self) -> None:
        """An amount is there where one is meant, and never negative.

        Raises:
            ValueError: It is missing, out of place or negative, or the instant is naive.
        """
        checked_utc(self.at.tzinfo, "at")
        if self.kind is CorrectionKind.AMOUNT and self.amount is None:
            message = "an amount must be given"
            raise ValueError(message)
        if self.amount is not None and not 0.0 <= self.amount < float("inf"):
            message = "amount must be 0 or more"
            raise ValueError(message)
