"""What comes out of a decision: an offer on a surface, or a silence with its reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from edge.domain.category import CategoryName
from edge.domain.facts import Facts
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
from edge.domain.reaction import HistoryMark


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
    """An offer that was not chosen, and why.

    Attributes:
        rule: The name of the first rule that kept it out: the reason told.
        also: The names of the other rules that held.
    """

    offer: OfferId
    rule: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """What a score was made of; each from 0 to 1.

    Attributes:
        urgency: The chance that the thing runs out.
        value: The share of its price that the household saves.
        welcome: The learned chance that people are glad of it, with the dice of the day.
    """

    urgency: float
    value: float
    welcome: float

    @property
    def score(self) -> float:
        """All three together."""
        return self.urgency * self.value * self.welcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceVerdict:
    """What was said about one surface for the best offer.

    Attributes:
        against: The names of the rules that held there; none where it could stand.
        welcome: The learned chance that people are glad of an offer there, now.
    """

    surface: SurfaceName
    device: DeviceId
    against: tuple[str, ...]
    welcome: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about one need, with all that is needed to explain it.

    Attributes:
        item: What it was about.
        need: The need it started from; None when the way ended before there was one.
        probability: The need's; None without one.
        outcome: A placement's id, or the silence.
        catalogue: The fingerprint of the catalogue at hand; empty when there was none.
        against: The names of all permission rules that held.
        scores: Each eligible offer's score, best first, at most `TRACE_MOST`.
        factors: What those scores are made of, in the same order.
        excluded: Each offer of the need's category that a rule kept out, with all rules that
            held, at most `TRACE_MOST`; every rule not named was asked and had nothing against it.
        excluded_more: How many more each rule kept out.
        eligible_more: How many more were eligible.
        surfaces: The verdict on each surface for the best offer.
        other_categories: How many offers there was no need for, by category.
        facts: What it rested on; None when it ended before any rule was asked.
        history: How far the history went.
    """

    id: DecisionId
    at: datetime
    item: ItemId
    category: CategoryName
    outcome: Placement | Silence
    need: NeedId | None = None
    probability: Probability | None = None
    catalogue: str = ""
    against: tuple[str, ...] = ()
    scores: tuple[tuple[OfferId, float], ...] = ()
    factors: tuple[Factors, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    excluded_more: Mapping[str, int] = field(default_factory=dict)
    eligible_more: int = 0
    surfaces: tuple[SurfaceVerdict, ...] = ()
    other_categories: Mapping[CategoryName, int] = field(default_factory=dict)
    facts: Facts | None = None
    history: HistoryMark | None = None

    @property
    def excluded_by_rule(self) -> Counter[str]:
        """How many offers each rule kept out."""
        listed = Counter(exclusion.rule for exclusion in self.excluded)
        return listed + Counter(self.excluded_more)

    @property
    def eligible(self) -> int:
        """How many offers could have been shown."""
        return len(self.scores) + self.eligible_more


TRACE_MOST = 100
"""A trace of so many offers is some 15 kB; beyond that the rest is counted by reason."""
