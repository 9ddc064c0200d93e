"""An emulated shelf whose truth is known: who uses how much when, and what the sensor says of it.

For calibration only. Portions come at random times of the waking day, at a rate that guests and
holidays change; the shelf is restocked when nearly empty; the sensor has noise, rounding and people
who lift things. Amounts in the item's unit, times in days since `START`, all dice seeded.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from edge.domain.category import CategoryName
from edge.domain.item import EvidenceKind, Item, ItemId
from edge.domain.measures import Amount, DeviceId, ItemName, Unit
from edge.domain.reading import Reading

START = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday."""

DEVICE = DeviceId("fridge-0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How one consumable is used, restocked and weighed.

    Attributes:
        package: What a package holds.
        portion: The mean size of a use.
        evenness: The shape of the gamma distribution of sizes; infinite for always the same.
        per_day: Uses a day, in ordinary times.
        busy: Spans of days with a factor on the uses: guests 2, holidays 0.
        restock_at: What is left when somebody buys more.
        empty_days: How long the empty shelf waits for shopping, 0 to this.
        noise: The sensor's standard deviation.
        step: What the sensor rounds to; 0 for not at all.
        every: Days between two readings.
        lifts: How often a day the package stands on the table for half an hour.
    """

    package: float = 250.0
    portion: float = 15.0
    evenness: float = 4.0
    per_day: float = 1.2
    busy: tuple[tuple[float, float, float], ...] = ()
    restock_at: float = 0.0
    empty_days: float = 2.0
    noise: float = 2.0
    step: float = 1.0
    every: float = 1.0 / 24.0
    lifts: float = 1.0


@dataclass(slots=True)
class Story:
    """What really happened: uses, refills, and the level after each.

    Attributes:
        at, level: The instants (days) at which the level changed, and the level from then on.
        refills: When it was restocked.
        emptied: When nothing was left.
    """

    at: list[float] = field(default_factory=list)
    level: list[float] = field(default_factory=list)
    refills: list[float] = field(default_factory=list)
    emptied: list[float] = field(default_factory=list)

    def level_at(self, day: float) -> float:
        """The true amount at that instant."""
        low, high = 0, len(self.at)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.at[middle] <= day else (low, middle)
        return self.level[low - 1] if low else 0.0

    def gone_after(self, day: float) -> float | None:
        """The first instant from then on at which nothing is left; None if never in the story."""
        return next((instant for instant in self.emptied if instant >= day), None)

    def moved(self, day: float, level: float) -> None:
        """Note a new level."""
        self.at.append(day)
        self.level.append(level)


def live(shelf: Shelf, days: float, dice: random.Random) -> Story:
    """So many days on that shelf."""
    story, level = Story(), shelf.package * dice.uniform(0.3, 1.0)
    story.moved(0.0, level)
    for day in _use_times(shelf, days, dice):
        if level <= 0.0 and day < story.emptied[-1] + dice.uniform(0.0, shelf.empty_days):
            continue
        if level <= shelf.restock_at:
            level += shelf.package
            story.refills.append(day)
            story.moved(day, level)
            continue
        level = max(level - _portion(shelf, dice), 0.0)
        story.moved(day, level)
        if level <= 0.0:
            story.emptied.append(day)
    return story


def _portion(shelf: Shelf, dice: random.Random) -> float:
    if math.isinf(shelf.evenness):
        return shelf.portion
    return dice.gammavariate(shelf.evenness, shelf.portion / shelf.evenness)


def _use_times(shelf: Shelf, days: float, dice: random.Random) -> Iterator[float]:
    for day in range(math.ceil(days)):
        factor = next((f for since, until, f in shelf.busy if since <= day < until), 1.0)
        times = [
            day + dice.uniform(0.27, 0.9) for _ in range(_poisson(shelf.per_day * factor, dice))
        ]
        yield from (time for time in sorted(times) if time < days)


def _poisson(mean: float, dice: random.Random) -> int:
    count, product = 0, dice.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * dice.random()
    return count


def weigh(shelf: Shelf, story: Story, days: float, dice: random.Random) -> list[Reading]:
    """What the sensor says of that story."""
    readings, day, lifted_until = [], dice.uniform(0.0, shelf.every), -1.0
    while day < days:
        if dice.random() < shelf.lifts * shelf.every:
            lifted_until = day + 0.02
        level = 0.0 if day < lifted_until else story.level_at(day)
        readings.append(
            reading(day, _rounded(max(level + dice.gauss(0.0, shelf.noise), 0.0), shelf))
        )
        day += shelf.every
    return readings


def _rounded(value: float, shelf: Shelf) -> float:
    return round(value / shelf.step) * shelf.step if shelf.step else value


def reading(day: float, value: float, *, name: str = "butter") -> Reading:
    """One reading, so many days after `START`."""
    time = START + timedelta(seconds=round(day * 86_400))
    return Reading(device=DEVICE, name=ItemName(name), time=time, value=value)


def instant(day: float) -> datetime:
    """So many days after `START`."""
    return START + timedelta(days=day)


def item(
    name: str = "butter",
    *,
    category: str = "butter",
    evidence: EvidenceKind = EvidenceKind.LEVEL,
    unit: Unit = Unit.GRAM,
    package: float | None = 250.0,
    uses: float | None = None,
) -> Item:
    """An item as a manifest would describe it."""
    return Item(
        id=ItemId(device=DEVICE, name=ItemName(name)),
        category=CategoryName(category),
        titles={"de": name, "en": name},
        unit=unit,
        evidence=evidence,
        package=None if package is None else Amount(package),
        uses_per_package=uses,
    )


def barcodes(story: Story) -> list[Reading]:
    """What a door camera sees of that story: each piece in and out."""
    steps = zip(story.at, story.level, [0.0, *story.level], strict=False)
    return _spaced([(day, level - before) for day, level, before in steps], name="eggs")


def counter(story: Story) -> list[Reading]:
    """What an appliance counts: its uses, set back at each new package."""
    counted, said = 0.0, []
    for day, level, before in zip(story.at[1:], story.level[1:], story.level, strict=False):
        counted = 0.0 if level > before else counted + 1.0
        said.append((day, counted))
    return _spaced(said, name="washes")


def receipts(shelf: Shelf, story: Story) -> list[Reading]:
    """What the shop's receipts say."""
    return _spaced([(day, shelf.package) for day in story.refills], name="receipts")


def _spaced(said: Sequence[tuple[float, float]], *, name: str) -> list[Reading]:
    """Readings a minute apart at least: two of one instant would be one."""
    readings, last = [], -1.0
    for day, value in said:
        last = max(day, last + 1.0 / 1_440.0)
        readings.append(reading(last, value, name=name))
    return readings
