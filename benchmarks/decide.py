"""How long one decision takes with its full trace, for 1,000 to 100,000 offers.

    python -m benchmarks.decide [--json]

Beside it, in the same run: every rule on every offer of the whole catalogue, without the index by
category. `cpu_ms_*` is the same work in one core's time: on a busy machine the clock says more.
Catalogues are packed as the shelf packs them; `unpack_ms_*` is what the first decision about a
category pays once. Memory is what holding 100,000 offers and deciding adds to the process.
"""

import argparse
import gc
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.offer_world import BUTTER, NOON, a_catalogue, a_past, some_facts
from edge.domain.category import CategoryName
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.offer import Catalogue
from edge.domain.reaction import History
from edge.matching.decide import Ids, decide
from edge.matching.dice import Dice
from edge.matching.eligibility import shortlist_offers
from edge.matching.exclusion_rules import EXCLUSION_RULES
from edge.matching.permission_rules import PERMISSION_RULES
from edge.matching.situation import Situation
from edge.matching.surface_rules import SURFACE_RULES

MILK = CategoryName("milk")
IDS = Ids(decision=DecisionId("d-1"), placement=PlacementId("p-1"))
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000}
RUNS = {"1k": 400, "10k": 60, "100k": 15}
NAIVE_RUNS = {"1k": 20, "10k": 5, "100k": 1}


class Took(NamedTuple):
    """How long one run took, in seconds: on the clock, and of one core's time."""

    wall: float
    cpu: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    figures = measured()
    if parser.parse_args().json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:16} {figure:>10}")


def measured() -> dict[str, float]:
    """All figures; times in milliseconds, medians unless the name says otherwise."""
    figures: dict[str, float] = {}
    for name, size in SIZES.items():
        before = _rss_mib()
        catalogue = a_catalogue(size)
        if name == "100k":
            decide(_situation(catalogue), catalogue.candidates(BUTTER), IDS)
            figures["rss_mib_100k"] = round(_rss_mib() - before, 1)
        figures |= _timed(name, catalogue)
        del catalogue
        gc.collect()
    figures["rules"] = len(PERMISSION_RULES) + len(EXCLUSION_RULES) + len(SURFACE_RULES)
    figures["max_rss_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    return figures


def _timed(name: str, catalogue: Catalogue) -> dict[str, float]:
    history = History(impressions=a_past(catalogue))

    def indexed() -> None:
        situation = Situation.of(some_facts(), history=history, dice=Dice(key=b"home"))
        decide(situation, catalogue.candidates(BUTTER), IDS)

    def naive() -> None:
        situation = Situation.of(some_facts(), history=history, dice=Dice(key=b"home"))
        for of_it in catalogue.offers.values():
            shortlist_offers(of_it, situation)

    def unpack() -> None:
        for category in (MILK, BUTTER):
            catalogue.offers[category]

    times, slow = _times(indexed, RUNS[name]), _times(naive, NAIVE_RUNS[name])
    figures = {
        f"ms_{name}": _median(one.wall for one in times),
        f"cpu_ms_{name}": _median(one.cpu for one in times),
        f"unpack_ms_{name}": round(_median(one.wall for one in _times(unpack, 5)) / 2, 3),
        f"naive_ms_{name}": _median(one.wall for one in slow),
    }
    if name == "1k":
        walls = statistics.quantiles((one.wall for one in times), n=100)
        figures["p99_ms_1k"] = round(1_000 * walls[98], 3)
    return figures


def _situation(catalogue: Catalogue) -> Situation:
    history = History(impressions=a_past(catalogue))
    return Situation.of(some_facts(now=NOON), history=history, dice=Dice(key=b"home"))


def _times(act: Callable[[], None], runs: int) -> list[Took]:
    act()
    times = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        took = Took(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)
        times.append(took)
    return times


def _median(seconds: Iterable[float]) -> float:
    return round(1_000 * statistics.median(seconds), 3)


def _rss_mib() -> float:
    gc.collect()
    status = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(status[1]) * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
