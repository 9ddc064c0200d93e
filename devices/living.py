"""Live a household's days: meals take from the larder, shopping fills it."""

import random
from collections.abc import Iterator

from devices.household import Household, Staple
from devices.larder import DAY, Change, Larder

MEALS = (7.5, 12.75, 19.0)
"""Breakfast, lunch and dinner: the kitchen clock's hours; assumed."""

SHOPPING = 17.5
"""The hour at which shopping is put away, between lunch and dinner; assumed."""

LIFE_DAYS = 728
"""Two years in whole weeks: long enough that no demo sees it start again."""


def live(household: Household, *, seed: int, days: int = LIFE_DAYS) -> Larder:
    """The household's larder over so many days; the same seed lives the same life."""
    dice = random.Random(f"{seed}/household")
    kitchen = _Kitchen(household, dice)
    for day, eaters in enumerate(_eaters(household, dice, days)):
        kitchen.live_day(day, eaters)
    return Larder(kitchen.changes, days=days)


def _eaters(household: Household, dice: random.Random, days: int) -> Iterator[int]:
    """How many eat at home on each day: with guests more, on holiday nobody."""
    away = 0
    for _ in range(days):
        away = away - 1 if away else _holiday(household, dice)
        guests = dice.randint(1, household.guests) if dice.random() < household.guest_day else 0
        yield 0 if away else household.people + guests


def _holiday(household: Household, dice: random.Random) -> int:
    """The days of a holiday, should one begin; else 0."""
    return household.away_days if dice.random() * household.away_after_days < 1.0 else 0


class _Kitchen:
    """What is left while the days go by."""

    def __init__(self, household: Household, dice: random.Random) -> None:
        self._household = household
        self._dice = dice
        self._left = {s.name: float(int(s.package * dice.random())) for s in household.staples}
        self.changes: dict[str, list[Change]] = {name: [] for name in self._left}

    def live_day(self, day: int, eaters: int) -> None:
        """One day: two meals, perhaps shopping, dinner."""
        midnight = day * DAY
        self._eat(midnight, 0, eaters)
        self._eat(midnight, 1, eaters)
        if eaters and self._dice.random() < self._shopping_chance(day):
            self._shop(midnight + SHOPPING)
        self._eat(midnight, 2, eaters)

    def _shopping_chance(self, day: int) -> float:
        return self._household.shopping_days * self._household.weekdays[day % 7]

    def _eat(self, midnight: float, meal: int, eaters: int) -> None:
        hour = midnight + MEALS[meal] + self._dice.uniform(-0.5, 0.5)
        for staple in self._household.staples:
            mean = staple.per_day * staple.meals[meal] * eaters / self._household.people
            used = min(self._portion(staple, mean), self._left[staple.name])
            if used > 0:
                self._change(hour, staple, -used)

    def _portion(self, staple: Staple, mean: float) -> float:
        """What one meal takes; pieces are rounded up or down by the dice, so the mean stays."""
        shape = self._household.portion_shape
        used = self._dice.gammavariate(shape, mean / shape) if mean else 0.0
        return float(int(used + self._dice.random())) if staple.whole else used

    def _shop(self, hour: float) -> None:
        for staple in self._household.staples:
            short = self._left[staple.name] < self._household.reserve_days * staple.per_day
            if short and self._dice.random() >= self._household.forgets:
                self._change(hour, staple, staple.package)

    def _change(self, hour: float, staple: Staple, by: float) -> None:
        self._left[staple.name] += by
        self.changes[staple.name].append(Change(hour=hour, amount=self._left[staple.name]))
