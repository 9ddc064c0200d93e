"""What comes out of a decision: an offer on a surface, or a silence with its reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from edge.domain.category import CategoryName
from edge.domain.item import ItemId
from edge.domain.measures import (
    DecisionId,
    DeviceId,
    NeedId,
    OfferId,
    PlacementId,
    Probability,
    SurfaceName,
)
from edge.domain.offer import Offer


class Step(StrEnum):
    """Where on its way a reading can end; the order of the flow."""

    KEEP = "keep"
    INFER = "infer"
    NEED = "need"
    CONSENT = "consent"
    PERMISSION = "permission"
    CATALOGUE = "catalogue"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing is shown, and this is why.

    Attributes:
        step: Where the way ended.
        reason: A rule's or refusal's name, a key into the texts: `quiet_hours`.
    """

    step: Step
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One offer on one surface, for one open need.

    Attributes:
        offer: What is shown.
        need, item: Why.
        until: The first instant at which it must be gone, UTC.
    """

    id: PlacementId
    surface: SurfaceName
    device: DeviceId
    offer: Offer
    need: NeedId
    item: ItemId
    shown_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """An offer that was not chosen, and the name of the rule that kept it out."""

    offer: OfferId
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about one need, with all that is needed to explain it.

    Attributes:
        item: What it was about.
        need: The need it started from; None when the way ended before there was one.
        probability: The need's; None without one.
        outcome: A placement's id, or the silence.
        catalogue: The fingerprint of the catalogue it looked at; empty when it looked at none.
        scores: Each eligible offer's score, best first.
        excluded: Each offer of the need's category that a rule kept out, with the rule.
        other_categories: How many offers there was no need for, by category.
    """

    id: DecisionId
    at: datetime
    item: ItemId
    category: CategoryName
    outcome: Placement | Silence
    need: NeedId | None = None
    probability: Probability | None = None
    catalogue: str = ""
    scores: tuple[tuple[OfferId, float], ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    other_categories: Mapping[CategoryName, int] = field(default_factory=dict)

    @property
    def excluded_by_rule(self) -> Counter[str]:
        """How many offers each rule kept out."""
        return Counter(exclusion.rule for exclusion in self.excluded)
