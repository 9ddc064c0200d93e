"""From what an appliance says to how much is left: a scale, a counter of uses, a barcode.

A counter never says how much is left, only how much went: where its package started is itself
uncertain (`zero_sd`) until a package change is seen.
"""

import math
from dataclasses import dataclass, replace

from edge.domain.item import EvidenceKind, Item
from edge.needs.prior import prior_for

_MIDDLE, _UNIFORM_SD = 0.5, 1.0 / math.sqrt(12.0)
"""A package first met is anywhere between full and empty; so is what can still be in it."""

_OVERDRAWN = 0.2
"""Use that goes on so far beyond an empty package means that somebody changed it unseen."""

_UNSEEN_SD = 0.15
"""How sure we are, in packages, where an unseen package began."""


_BOUGHT_SD = 0.3
"""How sure we are, in packages, of what stands at home after a purchase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """How a raw value becomes an amount.

    Attributes:
        kind: What the values mean.
        package: What a full package holds, in the item's unit; None until a level was seen.
        uses: For USAGE, how many uses a package lasts.
        zero: LEVEL: what the empty place shows (a dish on the scale). USAGE: the count at which
            the package began. EVENT: unused.
        zero_sd: The standard deviation of the amount that comes from not knowing `zero`; for
            PURCHASE, from not knowing how much was left when it was bought.
        last: The newest raw value; for EVENT the newest sum.
        unseen: Whether the package was open when it was first met: then amounts are upper bounds.
    """

    kind: EvidenceKind
    package: float | None
    uses: float
    zero: float = 0.0
    zero_sd: float = 0.0
    last: float | None = None
    unseen: bool = False

    @property
    def exact(self) -> bool:
        """Whether values carry no noise: counters and barcodes do not."""
        return self.kind is not EvidenceKind.LEVEL

    @property
    def whole(self) -> bool:
        """Whether uses are whole pieces: counted ones are."""
        return self.kind in {EvidenceKind.USAGE, EvidenceKind.EVENT}

    def read(self, value: float) -> tuple["Yardstick", float]:
        """The yardstick after this value, and the amount it means (0 or more)."""
        if self.kind is EvidenceKind.USAGE:
            after = self._counted(value)
        elif self.kind is EvidenceKind.EVENT:
            after = replace(self, last=max((self.last or 0.0) + value, 0.0))
        else:
            after = replace(self, last=value, package=self.package or max(value, 1.0))
        return after, after.amount()

    def amount(self) -> float:
        """The amount that the newest value means."""
        last = self.last or 0.0
        if self.kind is EvidenceKind.USAGE:
            return max(self._per_use() * (self.uses - (last - self.zero)), 0.0)
        return max(last - self.zero, 0.0)

    def really(self, amount: float) -> tuple[float, float]:
        """Mean and standard deviation of what is there, when it reads so much."""
        if self.unseen:
            return _MIDDLE * amount, _UNIFORM_SD * amount
        return amount, self.zero_sd

    def corrected(self, amount: float, *, sd: float) -> "Yardstick":
        """The yardstick once a person has said how much the newest value means."""
        last = self.last or 0.0
        if self.kind is EvidenceKind.USAGE:
            zero = last - self.uses + amount / self._per_use()
            return replace(self, zero=zero, zero_sd=sd, unseen=False)
        if self.kind is EvidenceKind.EVENT:
            return replace(self, last=amount, zero_sd=sd)
        return replace(self, zero=max(last - amount, 0.0))

    def _per_use(self) -> float:
        return (self.package or self.uses) / self.uses

    def _counted(self, value: float) -> "Yardstick":
        package = self.package or self.uses
        if self.last is None:
            return replace(self, last=value, zero=value, unseen=True)
        if value < self.last:
            return replace(self, last=value, zero=value, zero_sd=0.0, unseen=False)
        if value - self.zero > self.uses * (1.0 + _OVERDRAWN):
            zero, sd = self.zero + self.uses, _UNSEEN_SD * package
            return replace(self, last=value, zero=zero, zero_sd=sd, unseen=False)
        return replace(self, last=value)


def yardstick(item: Item) -> Yardstick:
    """How this item's values are to be read."""
    guess = prior_for(item.category).package
    uses = item.uses_per_package or item.package or guess or 1.0
    package = item.package or guess
    sd = _BOUGHT_SD * (package or 1.0) if item.evidence is EvidenceKind.PURCHASE else 0.0
    return Yardstick(kind=item.evidence, package=package, uses=uses, zero_sd=sd)
