"""What people answer to an offer, and what the rules remember of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter

from edge.domain.category import CategoryName
from edge.domain.frequency import CapScope
from edge.domain.measures import (
    DeviceId,
    EuroCents,
    NeedId,
    OfferId,
    PlacementId,
    SurfaceName,
)


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

    __hash__ = str.__hash__  # an Enum hashes in Python: too slow for a year of answers


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

WELCOMES = frozenset(ReactionKind) - DISMISSALS
"""People were glad of it."""

SETTLING = frozenset(ReactionKind) - {ReactionKind.NOT_NOW}
"""These answer the need itself: it stays closed until the next refill. 'Not now' may be asked
again, after its cool-down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One answer to one placement.

    Attributes:
        at: When it was given, as far as the appliance knows; UTC.
        noted_at: When the home learnt of it, UTC; None until it has.
    """

    placement: PlacementId
    kind: ReactionKind
    at: datetime
    noted_at: datetime | None = None


_NO_SAVING = EuroCents(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """That a placement was shown, with what the rules count by, and how people answered.

    Attributes:
        saving: What the offer saved against the price before.
        reacted_at, noted_at: As in `Reaction`; None while nobody has answered.
        redeemed_at: When somebody said that it was used; None while nobody has.
    """

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
    saving: EuroCents = _NO_SAVING
    noted_at: datetime | None = None
    redeemed_at: datetime | None = None

    def capped(self, scope: CapScope) -> str:
        """What a cap of that scope counts by; the same as `Offer.capped`."""
        return _CAPPED[scope](self)

    @property
    def welcomed(self) -> bool:
        """Whether somebody found it helpful or saved it."""
        return self.reaction in WELCOMES


_CAPPED: Mapping[CapScope, Callable[[Impression], str]] = {
    CapScope.CREATIVE: attrgetter("offer"),
    CapScope.LINE_ITEM: lambda one: f"{one.campaign}/{one.line_item}",
    CapScope.CAMPAIGN: attrgetter("campaign"),
    CapScope.SPONSOR: attrgetter("sponsor"),
}


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

    @property
    def mark(self) -> "HistoryMark":
        """How far it goes, and its fingerprint."""
        answers = [one for one in self.impressions if one.reaction]
        told = ";".join(
            f"{one.placement},{one.offer},{one.sponsor},{one.surface},{one.need},"
            f"{one.shown_at.timestamp()},{one.reaction or ''}"
            for one in self.impressions
        )
        return HistoryMark(
            impressions=len(self.impressions),
            answers=len(answers),
            digest=sha256(told.encode()).hexdigest(),
        )

    def back_at(self, mark: "HistoryMark", *, at: datetime) -> "History | None":
        """As it was when it had that mark; None when parts of it have been forgotten since.

        Impressions are only ever added and answered, so the state of a past instant is the first
        so many of them with the first so many answers.
        """
        shown = [one for one in self.impressions if one.shown_at <= at][: mark.impressions]
        answered = sorted((one for one in shown if one.reaction), key=_noted)[: mark.answers]
        known = {one.placement for one in answered}
        then = History(
            impressions=[
                one if one.placement in known else replace(one, reaction=None) for one in shown
            ]
        )
        return then if then.mark == mark else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryMark:
    """How far the history went at one decision: enough to find that state again.

    Attributes:
        impressions, answers: How many there were.
        digest: SHA-256 of what the rules saw of them, hexadecimal.
    """

    impressions: int
    answers: int
    digest: str


def _noted(one: Impression) -> datetime:
    """When the home learnt of the answer."""
    return one.noted_at or one.reacted_at or one.shown_at


HISTORY_DAYS = 400
"""A little over a year, so that a yearly cap and 'not interested' can both be kept."""
