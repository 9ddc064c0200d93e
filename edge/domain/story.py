"""What happens in the house, told as it happens: to a terminal, to the page, to a test."""

from dataclasses import dataclass

from edge.domain.appliance import Appliance
from edge.domain.consent import Grant
from edge.domain.item import Item
from edge.domain.measures import DeviceId
from edge.domain.need import Need
from edge.domain.placement import Placement, Silence
from edge.domain.reaction import ReactionKind
from edge.domain.stock import StockEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """An appliance was let in, or described itself anew."""

    appliance: Appliance


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented:
    """A grant was given or withdrawn (`grant.ended_at` says which)."""

    grant: Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Readings were kept."""

    device: DeviceId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One look at one item, and what it came to.

    Attributes:
        news: Whether the outcome differs from the item's last one.
    """

    item: Item
    estimate: StockEstimate | None
    need: Need | None
    outcome: Placement | Silence
    news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """Somebody answered an offer."""

    placement: Placement
    kind: ReactionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """An offer left its surface, and why: a key into the texts."""

    placement: Placement
    reason: str


Event = Paired | Consented | Kept | Reviewed | Reacted | Cleared
