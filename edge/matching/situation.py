"""All that a rule may look at."""

from dataclasses import dataclass
from datetime import datetime

from edge.domain.appliance import Surface
from edge.domain.consent import ConsentedNeed
from edge.domain.household import Preferences
from edge.domain.placement import Placement
from edge.domain.reaction import History, Impression


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One consented need at one instant, in this home.

    Attributes:
        need: What would be answered.
        standing: What is on a surface now; None when nothing is.
        surfaces: Everywhere the home can show something.
        now: The one instant of this decision, UTC.
    """

    need: ConsentedNeed
    standing: Placement | None
    history: History
    preferences: Preferences
    surfaces: tuple[Surface, ...]
    now: datetime

    @property
    def today(self) -> list[Impression]:
        """What was shown since local midnight."""
        return self.history.since(self.preferences.start_of_day(self.now))
