"""When in an emulated life an appliance is unpacked, and how hours and instants meet.

Somebody who watches an emulated home wants to see something run out soon: so the day on which the
appliance joins is chosen within the life, never the life itself. It is chosen by the truth, which
the appliance does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from devices.larder import DAY, Larder

KITCHEN = ZoneInfo("Europe/Berlin")
"""Where emulated people have their clock."""

HISTORY_DAYS = 28
"""So many days are lived before joining at least: a backlog of three weeks and a bit."""

LOW_FROM, LOW_UNTIL = 12.0, 40.0
"""Something gets short so many hours after the midnight of joining: by the afternoon of day two.
It is foreseeable from the first day on."""

SPELL = 24.0
"""And stays so for so many hours: who shops at once leaves no time for an offer."""

LOW_DAYS = 1.25
"""Short is what lasts for less than so many days of this life's mean use."""

Spells = Mapping[str, Sequence[tuple[float, float]]]
"""When each item is low: half-open spells of hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The instant of joining, and the day of the emulated life that it falls on.

    Attributes:
        at: UTC.
        day: Counted from the first day of the life.
    """

    at: datetime
    day: int

    def hour(self, moment: datetime) -> float:
        """The hour of the emulated life at that instant, on the kitchen's clock."""
        passed = moment.astimezone(KITCHEN) - self._midnight  # both in one zone: wall time
        return self.day * DAY + passed.total_seconds() / 3600.0

    def moment(self, hour: float) -> datetime:
        """The instant of that hour: what `hour` undoes."""
        shown = self._midnight + timedelta(hours=hour - self.day * DAY)
        return shown.astimezone(UTC)

    @property
    def _midnight(self) -> datetime:
        local = self.at.astimezone(KITCHEN)
        return local.replace(hour=0, minute=0, second=0, microsecond=0)


def join(larder: Larder, *, at: datetime) -> Joined:
    """Join at that instant, on a day of the life after which something soon runs low.

    A day of the same weekday is preferred, and the items that the larder names first.
    """
    spells = {
        item: list(larder.low_spells(item, LOW_DAYS * larder.per_day(item)))
        for item in larder.items
    }
    weekday = at.astimezone(KITCHEN).weekday()
    days = range(HISTORY_DAYS, larder.days - HISTORY_DAYS)
    same_weekday = [day for day in days if day % 7 == weekday]
    for among in (same_weekday, days):
        for item in larder.items:
            fitting = [day for day in among if any(_fits(spell, day) for spell in spells[item])]
            if fitting:
                return Joined(at=at, day=min(fitting, key=lambda day: _touching(spells, day)))
    return Joined(at=at, day=next(iter(same_weekday), 0))


def _fits(spell: tuple[float, float], day: int) -> bool:
    since, until = spell
    return LOW_FROM <= since - day * DAY < LOW_UNTIL and until - since >= SPELL


def _touching(spells: Spells, day: int) -> int:
    """How many spells touch the first three days: fewer tell a clearer story."""
    start, end = day * DAY, (day + 3) * DAY
    return sum(since < end and start < until for each in spells.values() for since, until in each)
