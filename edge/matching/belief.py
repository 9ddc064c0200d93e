"""What this home's own answers say: a belief for each thing that an answer is about."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import sqrt
from typing import Self, TypeVar

from edge.domain.daypart import PartOfDay
from edge.domain.measures import DeviceId, SurfaceName
from edge.domain.reaction import WELCOMES, Impression, ReactionKind

PRIOR = 0.5
"""Before anything is known: as likely welcome as not."""

PRIOR_WEIGHT = 4.0
"""The prior counts as much as four answers: one refusal moves little, four move a lot."""

IGNORED = 0.25
"""An offer nobody answered is a quarter of a refusal: most were simply not looked at."""

SILENT_ABOUT_TASTE = frozenset({ReactionKind.ALREADY_HAVE_IT, ReactionKind.NOT_ME})
"""These answers are about the need, not about the offer."""

Place = tuple[DeviceId, SurfaceName]


@dataclass(frozen=True, slots=True)
class Belief:
    """How welcome one thing is: a beta-binomial model.

    Attributes:
        welcomed, answered: Weighted counts; `welcomed` never exceeds `answered`.
        mean: The posterior mean, from 0 to 1.
        deviation: The posterior's standard deviation.
    """

    welcomed: float = 0.0
    answered: float = 0.0
    mean: float = field(init=False)
    deviation: float = field(init=False)

    def __post_init__(self) -> None:
        """Work the posterior out once: thousands of offers ask for it."""
        weight = self.answered + PRIOR_WEIGHT
        mean = (self.welcomed + PRIOR * PRIOR_WEIGHT) / weight
        object.__setattr__(self, "mean", mean)
        object.__setattr__(self, "deviation", sqrt(mean * (1 - mean) / (weight + 1)))


UNKNOWN = Belief()
"""The prior alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beliefs:
    """Everything learned, by category, sponsor, part of the day and place; bounded by the history.

    Attributes:
        part_of_day: `morning` and its like.
        hour_of_place: The same for each place.
    """

    category: Mapping[str, Belief]
    sponsor: Mapping[str, Belief]
    part_of_day: Mapping[str, Belief]
    place: Mapping[Place, Belief]
    hour_of_place: Mapping[tuple[Place, str], Belief]

    @classmethod
    def of(
        cls, impressions: Iterable[Impression], *, local: Callable[[datetime], datetime]
    ) -> Self:
        """What these say; `local` tells the kitchen clock's time of an instant."""
        told = [one for one in impressions if one.reaction not in SILENT_ABOUT_TASTE]
        parts = {one.placement: PartOfDay.of(local(one.shown_at)) for one in told}
        return cls(
            category=_by(lambda one: one.category, told),
            sponsor=_by(lambda one: one.sponsor, told),
            part_of_day=_by(lambda one: parts[one.placement], told),
            place=_by(_place, told),
            hour_of_place=_by(lambda one: (_place(one), parts[one.placement]), told),
        )


def _place(one: Impression) -> Place:
    return one.device, one.surface


KeyT = TypeVar("KeyT", bound=Hashable)


def _by(key: Callable[[Impression], KeyT], told: Iterable[Impression]) -> dict[KeyT, Belief]:
    welcomed: defaultdict[KeyT, float] = defaultdict(float)
    answered: defaultdict[KeyT, float] = defaultdict(float)
    for one in told:
        about = key(one)
        welcomed[about] += one.reaction in WELCOMES
        answered[about] += 1.0 if one.reaction else IGNORED
    return {about: Belief(welcomed[about], answered[about]) for about in answered}
