"""Print the figures of real households that the built-in household is made of.

    python -m benchmarks.household_figures --data ../shared/data/bench/coop

For each of the fridge's items: over the households that bought it ten times or more, the mean
interval between purchases in days (first decile, median, ninth decile of the households) and the
median of its coefficient of variation. Then the shares of the weekdays among all shopping days
(the data's day 0 is taken for a Monday, since every seventh day after day 6 is the quietest) and
how many days a week a household shops.
"""

import argparse
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from devices.purchases import Purchases, rows
from devices.replay import SOLD_AS, bought

TIMES_LEAST = 10
"""Purchases from which a household's mean interval is taken as known."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    households = _households(parser.parse_args().data / "events.csv.gz")
    print(f"{len(households)} households; deciles 1, 5, 9 over households")
    for item in SOLD_AS:
        print(f"{item:8}", _intervals(item, households))
    print("weekdays", _weekdays(households))
    print("shopping days a week", _deciles(_shopping_days(each) for each in households))


def _households(path: Path) -> list[Purchases]:
    found: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for household, day, need in rows(path):
        found[household][need].add(day)
    return [Purchases(household=who, days=_sorted(days)) for who, days in found.items()]


def _sorted(days: Mapping[str, Iterable[int]]) -> dict[str, tuple[int, ...]]:
    return {need: tuple(sorted(each)) for need, each in days.items()}


def _intervals(item: str, households: Iterable[Purchases]) -> str:
    means, spreads = [], []
    for household in households:
        days = bought(household, item)
        if len(days) >= TIMES_LEAST:
            gaps = [after - before for before, after in pairwise(days)]
            means.append(statistics.mean(gaps))
            spreads.append(statistics.pstdev(gaps) / means[-1])
    spread = statistics.median(spreads)
    return f"every {_deciles(means)} days, variation {spread:.2f}, {len(means)} households"


def _weekdays(households: Iterable[Purchases]) -> str:
    days = Counter(day % 7 for each in households for day in _all_days(each))
    return " ".join(f"{days[weekday] / days.total():.3f}" for weekday in range(7))


def _shopping_days(household: Purchases) -> float:
    days = _all_days(household)
    return len(days) / ((max(days) - min(days)) / 7)


def _all_days(household: Purchases) -> set[int]:
    return {day for days in household.days.values() for day in days}


def _deciles(values: Iterable[float]) -> str:
    known = sorted(values)
    deciles = statistics.quantiles(known, n=10)
    return f"{deciles[0]:.1f} {statistics.median(known):.1f} {deciles[8]:.1f}"


if __name__ == "__main__":
    main()
