"""An emulated fridge: a scale under each shelf place, a switch at the door, a screen on it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from devices.appliance import Measurement, grid
from devices.joining import Joined
from devices.larder import Larder
from devices.manifest import Property, Surface, thing_description

DOOR_OPEN = timedelta(seconds=30)
"""How long the door stands open when something is taken; assumed."""

SECOND = timedelta(seconds=1)

DOOR = Property(name="door", titles={"de": "Tür", "en": "door"})

DOOR_SURFACE = Surface(
    name="fridge.door",
    titles={"de": "Kühlschranktür", "en": "fridge door"},
    suits=("groceries", "household", "appliance_care"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place in the fridge and the sensor under it.

    Attributes:
        described: Its line in the manifest.
        per_unit: How many of the larder's units one SenML unit is: 1000 g in a kg.
        noise: The sensor's standard deviation in the larder's unit; 0 for a count. Assumed.
        step: The smallest difference it reports, in the larder's unit.
    """

    described: Property
    per_unit: float
    noise: float
    step: float

    @property
    def name(self) -> str:
        """As the larder and the manifest call it."""
        return self.described.name


def _place(name: str, german: str, *, unit: str, per_unit: float, package: float) -> Place:
    titles = {"de": german, "en": name}
    described = Property(name=name, titles=titles, unit=unit, category=name, package=package)
    countable = unit == "count"
    noise, step = (0.0, 1.0) if countable else (2.0, 1.0)
    return Place(described=described, per_unit=per_unit, noise=noise, step=step)


PLACES: tuple[Place, ...] = (
    _place("butter", "Butter", unit="kg", per_unit=1e3, package=0.25),
    _place("cheese", "Käse", unit="kg", per_unit=1e3, package=0.25),
    _place("eggs", "Eier", unit="count", per_unit=1, package=10),
    _place("yogurt", "Joghurt", unit="kg", per_unit=1e3, package=0.5),
    _place("milk", "Milch", unit="m3", per_unit=1e6, package=0.001),
)
"""What the fridge watches."""


class Fridge:
    """Reads a larder through noisy scales."""

    kind = "fridge"
    surface = DOOR_SURFACE.name

    def __init__(self, larder: Larder, joined: Joined, *, seed: int) -> None:
        self._larder = larder
        self._joined = joined
        self._seed = seed
        self._places = [place for place in PLACES if place.name in larder.items]

    def manifest(self) -> dict[str, Any]:
        """What it watches and where it can show something."""
        return thing_description(
            kind=self.kind,
            titles={"de": "Kühlschrank", "en": "Fridge"},
            properties=[*(place.described for place in self._places), DOOR],
            surface=DOOR_SURFACE,
        )

    def sense(self, after: datetime, until: datetime, every: timedelta) -> list[Measurement]:
        """Levels at each instant of the grid, the door whenever it moved."""
        levels = [
            self._level(place, at) for at in grid(after, until, every) for place in self._places
        ]
        return sorted([*levels, *self._door(after, until)], key=lambda one: one.time)

    def _level(self, place: Place, at: datetime) -> Measurement:
        true = self._larder.amount(place.name, self._joined.hour(at))
        # dice of its own for each instant: a measurement is the same whenever it is asked for
        noise = random.Random(f"{self._seed}/{place.name}/{at.timestamp():.0f}").gauss(
            0.0, place.noise
        )
        steps = max(0, round((true + noise) / place.step))
        value = round(steps * place.step / place.per_unit, 6)
        return Measurement(name=place.name, time=at, value=value, unit=place.described.unit)

    def _door(self, after: datetime, until: datetime) -> Iterator[Measurement]:
        # a second more on both sides, since the sensor tells whole seconds
        start = self._joined.hour(after - DOOR_OPEN - SECOND)
        for hour in self._larder.stirred(start, self._joined.hour(until + SECOND)):
            opened = self._joined.moment(hour).replace(microsecond=0)
            for at, is_open in ((opened, True), (opened + DOOR_OPEN, False)):
                if after < at <= until:
                    yield Measurement(name=DOOR.name, time=at, value=is_open, unit="/")
