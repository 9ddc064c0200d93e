"""A public table of items, counted from the baskets of a prior folder: who returns, who enters."""

import csv
import gzip
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from edge.needs.next_basket import PublicItem

Shopped = Sequence[Sequence[Hashable]]
"""One household's baskets, oldest first."""

_FAITH = 5.0
"""Buyers' worth of faith in an item being like all others."""

_RETURNS, _REPEATED = 0.06, 0.2
"""The shares of an ordinary item."""

_ENTERED = 0.05
"""Households that count as having entered an item nobody entered lately."""


def load_baskets(folder: Path) -> dict[str, Shopped]:
    """The baskets of each household, in order."""
    found: dict[str, dict[int, list[Hashable]]] = defaultdict(lambda: defaultdict(list))
    with gzip.open(folder / "events.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            found[row["household"]][int(row["basket"])].append(int(row["item"]))
    return {
        household: [baskets[at] for at in sorted(baskets)] for household, baskets in found.items()
    }


def item_rows(households: Iterable[Shopped]) -> dict[Hashable, PublicItem]:
    """Each item's row: its past is all baskets but the last, its present the last one."""
    counts = _Counts()
    for baskets in households:
        if len(baskets) > 1:
            counts.add(baskets[:-1], set(baskets[-1]))
    return {item: counts.row(item) for item in set(counts.bought) | set(counts.entered)}


class _Counts:
    """Households per item."""

    def __init__(self) -> None:
        self.households = 0
        self.bought: Counter[Hashable] = Counter()
        self.repeated: Counter[Hashable] = Counter()
        self.returned: Counter[Hashable] = Counter()
        self.entered: Counter[Hashable] = Counter()

    def add(self, past: Shopped, present: set[Hashable]) -> None:
        times = Counter(item for basket in past for item in set(basket))
        self.households += 1
        self.bought.update(times.keys())
        self.repeated.update(item for item, count in times.items() if count > 1)
        self.returned.update(present & times.keys())
        self.entered.update(present - times.keys())

    def row(self, item: Hashable) -> PublicItem:
        bought, everyone = self.bought[item], max(self.households, 1)
        past_buyers = max(self.bought.total(), 1)
        expected = self.entered.total() / past_buyers * bought
        return PublicItem(
            returns=_odds((self.returned[item] + _FAITH * _RETURNS) / (bought + _FAITH)),
            enters=math.log((self.entered[item] + 0.2 * expected + _ENTERED) / everyone),
            popular=math.log((bought + 1.0) / everyone),
            repeated=_odds((self.repeated[item] + _FAITH * _REPEATED) / (bought + _FAITH)),
        )


def _odds(share: float) -> float:
    return math.log(share / (1.0 - share))
