"""Two opinions of one item put into one: what the shelf shows and when it is usually bought.

A logarithmic opinion pool: log odds are averaged, each opinion weighing as much as the evidence it
rests on. Either alone is passed through; conflicting ones are weighed, not overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.domain.measures import Probability
from edge.needs.belief import Belief
from edge.needs.odds import log_odds, probability

_HALF_KNOWN_SPANS = 1.0
"""Booked spans of use at which a level's opinion weighs half of what it ever will: a scale shows
what is left from the first minute, only the rate takes a day."""

_HALF_KNOWN_PURCHASES = 12.0
"""Purchases at which a rhythm's opinion weighs half of what it ever will; that even then it is the
lesser one was measured on emulated homes (docs/needs.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """A probability and how much evidence it rests on.

    Attributes:
        probability: That the item is needed within the horizon.
        weight: From 0 (says nothing) to 1.
    """

    probability: float
    weight: float


def level_opinion(belief: Belief, chance: float) -> Opinion:
    """What the shelf says, weighing as much as days of use were seen."""
    seen = len(belief.pace.recent) + _HALF_KNOWN_SPANS
    return Opinion(probability=chance, weight=seen / (seen + _HALF_KNOWN_SPANS))


def purchase_opinion(purchases: int, chance: float) -> Opinion:
    """What the rhythm of so many purchases says."""
    return Opinion(probability=chance, weight=purchases / (purchases + 2.0 * _HALF_KNOWN_PURCHASES))


def fuse(opinions: Sequence[Opinion]) -> Probability | None:
    """The pooled probability; None when there is no opinion of any weight."""
    weight = sum(opinion.weight for opinion in opinions)
    if weight <= 0.0:
        return None
    pooled = sum(opinion.weight * log_odds(opinion.probability) for opinion in opinions)
    return Probability(probability(pooled / weight))
