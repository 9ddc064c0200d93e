"""How the purchases of a need go with the year, in everybody's homes: peaches in July.

A public table, measured beforehand on households that have nothing to do with this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WEEKS = 53
"""Weeks in a year, the last one short."""

_YEAR = 365.25

_LATELY = ((5, 1.0), (15, 0.9), (30, 0.75), (45, 0.6), (60, 0.5), (80, 0.4))
"""Days back and their weight: what the household's own recent purchases were drawn from."""

_MIDDLE = 4
"""The middle of the coming week."""


@dataclass(frozen=True, slots=True)
class Season:
    """The log of a week's purchases over an even year's, by week from the table's first day.

    Attributes:
        weeks: `WEEKS` values, or none where nothing is known.
    """

    weeks: tuple[float, ...] = ()

    def ahead(self, today: int) -> float:
        """For the coming week."""
        return self._at(today + _MIDDLE)

    def lately(self, today: int) -> float:
        """For the past three months, the newest weighing most."""
        total = sum(weight for _, weight in _LATELY)
        return sum(weight * self._at(today - back) for back, weight in _LATELY) / total

    def _at(self, day: int) -> float:
        return self.weeks[int(day % _YEAR // 7)] if self.weeks else 0.0


SEASONLESS = Season()
"""Nothing is known, or nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNeed:
    """What a public table may say of a need.

    Attributes:
        season: How it goes with the year.
        lift: Log odds by which new households buy it more often than its rhythm alone says.
    """

    season: Season = SEASONLESS
    lift: float = 0.0


PublicNeeds = Mapping[str, PublicNeed]
"""The table, by need."""
