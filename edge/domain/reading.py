"""One thing an appliance said about one of its items, at one instant."""

import math
from dataclasses import dataclass
from datetime import datetime

from edge.domain.measures import DeviceId, ItemName, checked_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A level, a count or a state, already in the item's own unit.

    Attributes:
        device: The paired appliance that said it.
        name: The item, as the appliance's manifest names it.
        time: When it was measured, UTC. `(device, name, time)` identifies a reading.
        value: Grams, millilitres or a count; 1.0 and 0.0 for a boolean state such as a door.
    """

    device: DeviceId
    name: ItemName
    time: datetime
    value: float

    def __post_init__(self) -> None:
        """Refuse what no appliance can mean.

        Raises:
            ValueError: The value is not finite, or the time is naive.
        """
        checked_utc(self.time.tzinfo, "time")
        if not math.isfinite(self.value):
            message = "value must be a finite number"
            raise ValueError(message)
