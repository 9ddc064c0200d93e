"""How soon a planted change is noticed, and how often one is seen that was not there."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

from benchmarks.truth import START, Shelf, instant, item, live, weigh
from edge.domain.reading import Reading
from edge.needs.belief import Belief, begin, learn
from edge.needs.sensor import Doubt

LIVED, PLANTED = 60.0, 40.0
"""Days of a home, and the day on which the change is planted."""

Noticed = Callable[[Belief, float], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """One planted change.

    Attributes:
        shelf: How the home lives from the planted day on.
        spoil: What its sensor says instead, from then on.
        noticed: Whether the belief shows it, on a given day.
    """

    shelf: Shelf
    spoil: Callable[[list[Reading], random.Random], list[Reading]]
    noticed: Noticed


def _as_it_is(readings: list[Reading], _: random.Random) -> list[Reading]:
    return readings


def _from(readings: Sequence[Reading], day: float) -> Iterator[Reading]:
    return (one for one in readings if one.time >= instant(day))


def _until(readings: Sequence[Reading], day: float) -> list[Reading]:
    return [one for one in readings if one.time < instant(day)]


def stuck(readings: list[Reading], _: random.Random) -> list[Reading]:
    """The last value, for ever."""
    before = _until(readings, PLANTED)
    return [*before, *(replace(one, value=before[-1].value) for one in _from(readings, PLANTED))]


def jumping(readings: list[Reading], dice: random.Random) -> list[Reading]:
    """Any value."""
    wild = (replace(one, value=dice.uniform(0.0, 600.0)) for one in _from(readings, PLANTED))
    return [*_until(readings, PLANTED), *wild]


def replaying(readings: list[Reading], _: random.Random) -> list[Reading]:
    """The day before, again and again."""
    before = _until(readings, PLANTED)
    day = [one.value for one in before if one.time >= instant(PLANTED - 1.0)]
    again = (
        replace(one, value=day[at % len(day)]) for at, one in enumerate(_from(readings, PLANTED))
    )
    return [*before, *again]


def flooding(readings: list[Reading], _: random.Random) -> list[Reading]:
    """A reading a second, for twenty minutes."""
    before = _until(readings, PLANTED)
    return [
        *before,
        *(
            replace(before[-1], time=instant(PLANTED) + timedelta(seconds=second))
            for second in range(1_200)
        ),
    ]


def _doubted(doubt: Doubt) -> Noticed:
    return lambda belief, day: belief.doubt(now=instant(day)) is doubt


def _faster(belief: Belief, _: float) -> bool:
    return belief.rate.changed > 0.5 and belief.rate.mean > 1.3 * belief.rate.usual


def _slower(belief: Belief, _: float) -> bool:
    return belief.rate.changed > 0.5 and belief.rate.mean < 0.6 * belief.rate.usual


_ORDINARY = Shelf()

PLANTS = {
    "guests (threefold use)": Plant(
        shelf=replace(_ORDINARY, busy=((PLANTED, PLANTED + 14, 3.0),)),
        spoil=_as_it_is,
        noticed=_faster,
    ),
    "holiday (no use)": Plant(
        shelf=replace(_ORDINARY, busy=((PLANTED, PLANTED + 14, 0.0),)),
        spoil=_as_it_is,
        noticed=_slower,
    ),
    "stuck sensor": Plant(shelf=_ORDINARY, spoil=stuck, noticed=_doubted(Doubt.STUCK)),
    "jumping sensor": Plant(shelf=_ORDINARY, spoil=jumping, noticed=_doubted(Doubt.JUMPING)),
    "replaying sensor": Plant(shelf=_ORDINARY, spoil=replaying, noticed=_doubted(Doubt.REPLAYING)),
    "flooding sensor": Plant(shelf=_ORDINARY, spoil=flooding, noticed=_doubted(Doubt.FLOODING)),
}


def delays(homes: int) -> dict[str, dict[str, float]]:
    """For each plant: share noticed, days until then, and false alarms in a hundred home-days."""
    return {
        **{name: _planted(plant, homes) for name, plant in PLANTS.items()},
        "refill": _refills(homes),
    }


def _planted(plant: Plant, homes: int) -> dict[str, float]:
    first = [_first_notice(plant, seed) for seed in range(homes)]
    seen = sorted(day - PLANTED for day, _ in first if day is not None)
    return {
        "noticed": len(seen) / homes,
        "median_days": median(seen) if seen else float("nan"),
        "p90_days": seen[int(0.9 * (len(seen) - 1))] if seen else float("nan"),
        "false_per_100_days": 100.0 * sum(false for _, false in first) / (homes * (PLANTED - 7.0)),
    }


def _first_notice(plant: Plant, seed: int) -> tuple[float | None, int]:
    """When the plant was first noticed, and on how many earlier days it was seen in vain."""
    dice = random.Random(seed)
    story = live(plant.shelf, LIVED, dice)
    readings = plant.spoil(weigh(plant.shelf, story, LIVED, dice), dice)
    belief, false = begin(item()), set[int]()
    for one in readings:
        belief = learn(belief, one)
        day = (one.time - START) / timedelta(days=1)
        if plant.noticed(belief, day):
            if day >= PLANTED:
                return day, len(false)
            if day >= 7.0:
                false.add(int(day))
    return None, len(false)


def _refills(homes: int) -> dict[str, float]:
    """True refills found, how late, and refills found that were none."""
    found, late, false, true = 0, [], 0, 0
    for seed in range(homes):
        dice = random.Random(seed)
        story = live(_ORDINARY, LIVED, dice)
        belief, seen = begin(item()), list[float]()
        for one in weigh(_ORDINARY, story, LIVED, dice):
            before, belief = belief.refills, learn(belief, one)
            if belief.refills != before:
                seen.append((one.time - START) / timedelta(days=1))
        true += len(story.refills)
        for day in story.refills:
            hit = next((at for at in seen if day <= at < day + 1.0), None)
            if hit is not None:
                found += 1
                late.append(hit - day)
        false += sum(not any(day <= at < day + 1.0 for day in story.refills) for at in seen)
    late.sort()
    return {
        "noticed": found / max(true, 1),
        "median_days": median(late),
        "p90_days": late[int(0.9 * (len(late) - 1))],
        "false_per_100_days": 100.0 * false / (homes * LIVED),
    }
