"""An emulated appliance: what it measures, what it shows, and who presses its buttons.

It has no network, disk or clock: `step(now)` says what it emits, so an appliance is tested, and
an emulated year passes, in no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from devices.placement import Placement
from devices.reactions import Person, Reaction
from devices.screen import Screen

LIVE_EVERY = timedelta(hours=1)
"""How often it measures: often enough to tell one meal from the next."""

RECALL_EVERY = timedelta(hours=6)
"""How sparse its own buffer is: four a day fit a small flash memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One thing measured, as SenML has it.

    Attributes:
        name: The item, a property of the manifest.
        time: UTC, whole seconds.
        value: In `unit`, or a state.
        unit: A SenML unit; `/` for a state.
    """

    name: str
    time: datetime
    value: float | bool
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emissions:
    """What an appliance has to say after one step."""

    measurements: Sequence[Measurement] = ()
    reaction: Reaction | None = None


class Sensors(Protocol):
    """What makes one product differ from another."""

    @property
    def kind(self) -> str:
        """The product kind: `fridge`."""
        ...

    @property
    def surface(self) -> str:
        """The one place where it can show something: `fridge.door`."""
        ...

    def manifest(self) -> dict[str, Any]:
        """Its Thing Description (docs/wire/manifest.md)."""
        ...

    def sense(self, after: datetime, until: datetime, every: timedelta) -> list[Measurement]:
        """Everything measured in (after, until], in time order; the same each time it is asked."""
        ...


class Appliance:
    """Sensors, a screen, and a person who sometimes presses a button."""

    def __init__(self, sensors: Sensors, person: Person, *, since: datetime) -> None:
        self._sensors = sensors
        self._screen = Screen(sensors.surface, person)
        self._measured_until = since

    @property
    def surface(self) -> str:
        """Where it can show something."""
        return self._sensors.surface

    def manifest(self) -> dict[str, Any]:
        """Its Thing Description."""
        return self._sensors.manifest()

    def recall(self, days: float) -> list[Measurement]:
        """What it buffered before anybody asked, sparse; the oldest first."""
        since = self._measured_until - timedelta(days=days)
        return self._sensors.sense(since, self._measured_until, RECALL_EVERY)

    def step(self, now: datetime) -> Emissions:
        """What has happened since the step before."""
        measured = self._sensors.sense(self._measured_until, now, LIVE_EVERY)
        self._measured_until = max(self._measured_until, now)
        return Emissions(measurements=measured, reaction=self._screen.answer(now))

    def show(self, placement: Placement | None, now: datetime) -> None:
        """Show it, or nothing; a placement for a surface it does not have is ignored."""
        self._screen.show(placement, now)


def grid(after: datetime, until: datetime, every: timedelta) -> list[datetime]:
    """The instants in (after, until] that are whole multiples of `every` since 1970."""
    step = int(every.total_seconds())
    first = int(after.timestamp()) // step + 1
    last = int(until.timestamp()) // step
    return [datetime.fromtimestamp(count * step, UTC) for count in range(first, last + 1)]
