"""Seeded households with hidden tastes, and the weekly catalogues they are offered."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp

from benchmarks.offer_world import NOON, WORDS
from edge.domain.category import CategoryName
from edge.domain.daypart import PartOfDay
from edge.domain.household import Preferences
from edge.domain.measures import EuroCents, OfferId, SurfaceName
from edge.domain.offer import Label, Offer
from edge.domain.placement import Placement
from edge.domain.reaction import ReactionKind

CATEGORIES = tuple(
    CategoryName(name)
    for name in ("butter", "milk", "cheese", "eggs", "coffee", "bread", "pasta", "dish-detergent")
)
SPONSORS = tuple(f"Sponsor {number}" for number in range(12))
SURFACES = ("fridge.door", "hall.panel")
OFFERS_PER_CATEGORY = 6
WEEK = timedelta(days=7)

ANSWERS = 0.6
"""The share of placements that anybody answers; assumed. The others are passed over."""

SPREAD = 1.2
"""The standard deviation of a taste in log-odds: most people mind some things and like others."""

VALUE = 2.0
"""A price cut of a half adds as much log-odds as a liked sponsor; assumed."""


@dataclass(frozen=True)
class Household:
    """One home: what it likes, and when it runs out of what.

    Attributes:
        taste: Log-odds of being glad, by category, sponsor, part of the day and surface.
        cycle: Days between two needs, by category.
    """

    number: int
    taste: Mapping[str, float]
    cycle: Mapping[CategoryName, int]
    preferences: Preferences = field(default_factory=Preferences)

    def gladness(self, offer: Offer, surface: SurfaceName, at: datetime) -> float:
        """The true chance that they are glad of it there and then; nobody else knows it."""
        part = PartOfDay.of(self.preferences.local(at))
        value = VALUE * (offer.saving / offer.price_before - 0.25)
        about = (offer.category, offer.label.sponsor, part, surface)
        return 1 / (1 + exp(-value - sum(self.taste[one] for one in about)))

    def answer(self, placement: Placement) -> ReactionKind | None:
        """What they answer; the same for the same placement on the same day, whoever chose it."""
        offer, at = placement.offer, placement.shown_at
        dice = random.Random(f"{self.number} {at.date()} {offer.id}")
        if dice.random() > ANSWERS:
            return None
        if dice.random() < self.gladness(offer, placement.surface, at):
            return dice.choice([ReactionKind.HELPFUL, ReactionKind.SAVE])
        return dice.choice(
            [ReactionKind.NOT_NOW, ReactionKind.NOT_NOW, ReactionKind.NOT_INTERESTED]
        )

    def open_needs(self, day: int) -> list[tuple[CategoryName, int, float]]:
        """What runs out that day: the category, the how-manieth time, and how sure that is."""
        found = []
        for at, (category, cycle) in enumerate(self.cycle.items()):
            times, into = divmod(day + 3 * at, cycle)
            if into >= cycle - OPEN_DAYS:
                found.append((category, times, 0.5 + 0.5 * (into - cycle + OPEN_DAYS) / OPEN_DAYS))
        return found


OPEN_DAYS = 4
"""So long before they restock the need is known."""


def a_household(number: int) -> Household:
    """The household of that number."""
    dice = random.Random(f"household {number}")
    things = (*CATEGORIES, *SPONSORS, *PartOfDay.NAMES, *SURFACES)
    return Household(
        number=number,
        taste={thing: dice.gauss(0, SPREAD) for thing in things},
        cycle={category: dice.randrange(7, 35) for category in CATEGORIES},
    )


def catalogue_of_week(week: int) -> dict[CategoryName, tuple[Offer, ...]]:
    """The same for every home: six offers for each category, by six sponsors."""
    return {category: tuple(_offers(category, week)) for category in CATEGORIES}


def _offers(category: CategoryName, week: int) -> list[Offer]:
    dice = random.Random(f"{category} {week}")
    start = NOON + week * WEEK - timedelta(days=1)
    return [
        _offer(category, f"week-{week}", sponsor, start, dice)
        for sponsor in dice.sample(SPONSORS, OFFERS_PER_CATEGORY)
    ]


def _offer(
    category: CategoryName, line: str, sponsor: str, start: datetime, dice: random.Random
) -> Offer:
    campaign = f"{category}-{sponsor.split()[1]}"
    before = dice.randrange(150, 900)
    return Offer(
        id=OfferId(f"{campaign}/{line}/x"),
        campaign=campaign,
        line_item=line,
        category=category,
        label=Label(sponsor=sponsor, payer=sponsor),
        words={"de": WORDS, "en": WORDS},
        price=EuroCents(int(before * dice.uniform(0.5, 0.95))),
        price_before=EuroCents(before),
        unit_price=EuroCents(before),
        unit_reference="kg",
        flight_start=start,
        flight_end=start + WEEK + timedelta(days=1),
        per_day=1,
    )
