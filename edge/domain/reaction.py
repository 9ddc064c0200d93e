"""What people answer to an offer, and what the rules remember of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from edge.domain.category import CategoryName
from edge.domain.measures import DeviceId, NeedId, OfferId, PlacementId, SurfaceName


class ReactionKind(StrEnum):
    """The eight answers; each takes the offer off the surface and each acts exactly."""

    HELPFUL = "helpful"
    SAVE = "save"
    NOT_NOW = "not_now"
    NOT_INTERESTED = "not_interested"
    SEEN_TOO_OFTEN = "seen_too_often"
    INAPPROPRIATE = "inappropriate"
    ALREADY_HAVE_IT = "already_have_it"
    """Closes the need: nothing more is offered for it."""
    NOT_ME = "not_me"
    """Deletes the readings behind the need."""


DISMISSALS = frozenset(
    {
        ReactionKind.NOT_NOW,
        ReactionKind.NOT_INTERESTED,
        ReactionKind.SEEN_TOO_OFTEN,
        ReactionKind.INAPPROPRIATE,
        ReactionKind.ALREADY_HAVE_IT,
        ReactionKind.NOT_ME,
    }
)
"""A dismissal uses up the day's slot: no other offer takes its place."""

SETTLING = frozenset(ReactionKind) - {ReactionKind.NOT_NOW}
"""These answer the need itself: it stays closed until the next refill. 'Not now' may be asked
again, after its cool-down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One answer to one placement."""

    placement: PlacementId
    kind: ReactionKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """That a placement was shown, with what the rules count by, and how people answered."""

    placement: PlacementId
    offer: OfferId
    line_item: str
    campaign: str
    sponsor: str
    category: CategoryName
    need: NeedId
    surface: SurfaceName
    device: DeviceId
    shown_at: datetime
    reaction: ReactionKind | None = None
    reacted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the rules may look back at, oldest first, bounded by `HISTORY_DAYS`."""

    impressions: Sequence[Impression]

    def since(self, start: datetime) -> list[Impression]:
        """Everything shown at or after `start`."""
        return [one for one in self.impressions if one.shown_at >= start]

    @property
    def last(self) -> Impression | None:
        """The newest impression."""
        return self.impressions[-1] if self.impressions else None


HISTORY_DAYS = 400
"""A little over a year, so that a yearly cap and 'not interested' can both be kept."""
