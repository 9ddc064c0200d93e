"""What a decision rested on, so that it can be made again: all that rules see but the history."""

from dataclasses import dataclass
from datetime import datetime

from edge.domain.appliance import Surface
from edge.domain.consent import ConsentedNeed
from edge.domain.household import Preferences
from edge.domain.measures import DeviceId, PlacementId, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One consented need at one instant, in this home.

    Attributes:
        need: What would be answered.
        open: Whether the need is among the open ones.
        answered: Whether people have answered it already.
        standing: What is on a surface now; None when nothing is.
        surfaces: Everywhere the home can show something.
        in_use: Appliances that somebody is using right now.
        enough_elsewhere: Whether another place at home holds enough of the same.
        region: Where the home is, as coarse as the catalogue knows regions; empty when unknown.
        storage_healthy: Whether what is decided can be remembered.
        catalogue_until: When the catalogue in hand expires, UTC; None when there is none.
        package: What one package usually holds, in the item's unit; None when unknown.
        unit: What the item is counted in.
        now: The one instant of this decision, UTC.
    """

    need: ConsentedNeed
    open: bool
    answered: bool
    standing: PlacementId | None
    preferences: Preferences
    surfaces: tuple[Surface, ...]
    in_use: frozenset[DeviceId]
    enough_elsewhere: bool
    region: str
    storage_healthy: bool
    catalogue_until: datetime | None
    package: float | None
    unit: Unit
    now: datetime
