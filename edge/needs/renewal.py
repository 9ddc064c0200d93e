"""From one household's purchases to the chance that each need is bought again soon.

One logistic over the terms of rhythm.py; its weights are public constants, fitted offline on other
households and shipped to all (purchase_constants.py says where and how well). What is predicted is
a purchase, not an empty shelf: fuse.py puts both together.
"""

import math
from collections.abc import Mapping, Sequence

from edge.needs.odds import probability
from edge.needs.purchase_constants import BIAS, HORIZON, WEIGHTS
from edge.needs.rhythm import FEWEST, crossed, terms
from edge.needs.season import PublicNeed, PublicNeeds
from edge.needs.trips import Trips, trips

Trip = tuple[int, Sequence[str]]
"""A whole day and the needs bought on it."""

_UNKNOWN = PublicNeed()
_NO_TABLE: PublicNeeds = {}

_NEW_DAYS = 120.0
"""A public lift fades with the household's own history: in the end it knows better itself."""

MOST_TRIPS = 2_048
"""Trips that are looked at: eight years of five a week."""


def chances(
    history: Sequence[Trip],
    *,
    today: int,
    horizon: float = HORIZON,
    public: PublicNeeds = _NO_TABLE,
) -> dict[str, float]:
    """For each need bought at least twice, the chance that it is bought within the horizon.

    Args:
        history: The household's trips up to today, in order, one per day.
        today: The day the question is asked, on the same calendar as the trips.
        horizon: Days ahead. The weights were fitted for a week; other horizons scale its hazard.
        public: What a public table says of the needs.
    """
    recent = history[-MOST_TRIPS:]
    if not recent:
        return {}
    shopping = trips(
        [day for day, _ in recent],
        [len(needs) for _, needs in recent],
        today=today,
        horizon=HORIZON,
    )
    return {
        need: chance(days, shopping, horizon=horizon, public=public.get(need, _UNKNOWN))
        for need, days in purchase_days(recent).items()
        if len(days) >= FEWEST
    }


def chance(
    days: Sequence[int], shopping: Trips, *, horizon: float = HORIZON, public: PublicNeed = _UNKNOWN
) -> float:
    """The chance that a need bought on these days (two at least) is bought within the horizon.

    Args:
        days: In order, up to the day of `shopping`.
        shopping: The household's trips, for the model's own horizon of a week.
        horizon: Days ahead.
        public: What a public table says of the need.
    """
    seen = terms(days, shopping, horizon=HORIZON, season=public.season)
    weighed = BIAS + sum(w * term for w, term in zip(WEIGHTS, (*seen, *crossed(seen)), strict=True))
    week = probability(weighed + public.lift * math.exp(-shopping.observed / _NEW_DAYS))
    return week if horizon == HORIZON else 1.0 - (1.0 - week) ** (horizon / HORIZON)


def purchase_days(history: Sequence[Trip]) -> Mapping[str, list[int]]:
    """On which days each need was bought."""
    days: dict[str, list[int]] = {}
    for day, needs in history:
        for need in needs:
            days.setdefault(need, []).append(day)
    return days
