"""The terms by which an item of earlier baskets is judged for the next one, counted in baskets.

Where only the order of trips is known, a basket is the clock. An item bought in a small basket was
wanted; in a large one it may have come along: that is why the sizes of its baskets count.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edge.needs.odds import HalfLife, half_life

_MEMORIES = tuple(half_life(baskets) for baskets in (1.0, 3.0, 8.0, 20.0))
"""The last basket, the last few, this season, always."""

_SIZE_MEMORY = half_life(4.0)
_GAP, _GAP_STRENGTH = 4.0, 2.0
"""Baskets between two purchases before an interval is known, and for how many that counts."""

_MOST_OVERDUE = 5.0
"""After five intervals without it, it is over rather than overdue."""


class RepeatTerms(NamedTuple):
    """Of one item that was bought before."""

    share_last: float
    share_few: float
    share_season: float
    share_always: float
    purchases: float
    waited: float
    interval: float
    overdue: float
    only_once: float
    waited_purchases: float
    basket_size: float
    wanted: float
    newest_basket_size: float
    share_of_items: float
    usual_size: float
    last_size: float
    baskets: float
    novelty: float


class HouseholdTerms(NamedTuple):
    """Of the household, whatever the item."""

    usual_size: float
    last_size: float
    baskets: float
    novelty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopper:
    """What a household's baskets say about itself.

    Attributes:
        terms: The household's terms.
        sizes: The number of items of each basket.
        positions: In which baskets each item was, by item.
    """

    terms: HouseholdTerms
    sizes: Sequence[int]
    positions: dict[Hashable, list[int]]


def shopper(baskets: Sequence[Sequence[Hashable]]) -> Shopper:
    """What these baskets, oldest first and at least one, say about the household."""
    positions: dict[Hashable, list[int]] = defaultdict(list)
    new = []
    for at, basket in enumerate(baskets):
        new.append(sum(item not in positions for item in basket) / max(len(basket), 1))
        for item in basket:
            positions[item].append(at)
    sizes = [max(len(basket), 1) for basket in baskets]
    count = len(baskets)
    weights = [_SIZE_MEMORY[count - 1 - at] for at in range(count)]
    usual = sum(w * size for w, size in zip(weights, sizes, strict=True)) / sum(weights)
    household = HouseholdTerms(
        usual_size=math.log(usual),
        last_size=math.log(sizes[-1]),
        baskets=math.log(count),
        novelty=_odds((sum(new[1:]) + 0.7) / count),
    )
    return Shopper(terms=household, sizes=sizes, positions=dict(positions))


def repeat_terms(item: Hashable, of: Shopper) -> RepeatTerms:
    """The terms of an item that was in one of the baskets at least."""
    at = of.positions[item]
    baskets, count = len(of.sizes), len(at)
    waited = baskets - 1 - at[-1]
    interval = (at[-1] - at[0] + _GAP_STRENGTH * _GAP) / (count - 1 + _GAP_STRENGTH)
    sizes = [of.sizes[position] for position in at]
    last, few, season, always = (_share(at, baskets, memory) for memory in _MEMORIES)
    return RepeatTerms(
        share_last=last,
        share_few=few,
        share_season=season,
        share_always=always,
        purchases=math.log(count),
        waited=math.log(waited + 1),
        interval=math.log(interval),
        overdue=min(waited / interval, _MOST_OVERDUE),
        only_once=float(count == 1),
        waited_purchases=math.log(waited + 1) * math.log(count),
        basket_size=math.log(sum(sizes) / count),
        wanted=math.log(sum(1.0 / size for size in sizes)),
        newest_basket_size=math.log(sizes[-1]),
        share_of_items=math.log(count / sum(of.sizes)),
        **of.terms._asdict(),
    )


def _share(at: Sequence[int], baskets: int, memory: HalfLife) -> float:
    """Log odds of the share of baskets with the item, the newest counting most."""
    seen = sum(memory[baskets - 1 - position] for position in at)
    return _odds((seen + 0.05) / (memory.total(baskets) + 1.0))


def _odds(share: float) -> float:
    bounded = min(max(share, 0.01), 0.99)
    return math.log(bounded / (1.0 - bounded))
