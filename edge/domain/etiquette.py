"""How a surface behaves: what its appliance's manifest promises about showing something there."""

from dataclasses import dataclass
from enum import StrEnum


class Visibility(StrEnum):
    """Who sees what is shown there."""

    PRIVATE = "private"
    """One person: a device that is held in the hand."""
    HOUSEHOLD = "household"
    """Everybody who lives here: the kitchen."""
    VISITORS = "visitors"
    """Everybody who comes in: the hall, a living room."""


class Audience(StrEnum):
    """For whom the surface is there."""

    EVERYBODY = "everybody"
    CHILDREN = "children"
    """A child's room, a child's device: nothing is ever shown there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Etiquette:
    """What a surface may be used for; the defaults are the calm ones.

    Attributes:
        area: The share of the display that an offer takes, from 0 to 1.
        interrupts: Whether an offer may appear while somebody uses the appliance.
        refreshes_per_day: How often a day e-ink may change for offers; None where it costs nothing.
        visibility: Who sees it.
        audience: For whom it is there.
    """

    area: float = 0.25
    interrupts: bool = False
    refreshes_per_day: int | None = None
    visibility: Visibility = Visibility.HOUSEHOLD
    audience: Audience = Audience.EVERYBODY
