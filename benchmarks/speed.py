"""How long one reading and one home take, on this machine."""

import json
import random
from dataclasses import asdict
from statistics import median
from time import process_time

from benchmarks.truth import Shelf, item, live, weigh
from edge.domain.reading import Reading
from edge.needs.belief import Belief, begin, learn
from edge.needs.outlook import look

CONSUMABLES = 60
_DAYS, _ROUNDS = 45.0, 15


def speed() -> dict[str, float]:
    """Milliseconds per reading and per home of sixty consumables, and bytes kept per consumable.

    Processor time, the median of several rounds: this is a shared machine.
    """
    dice, shelf = random.Random(1), Shelf()
    readings = weigh(shelf, live(shelf, _DAYS, dice), _DAYS, dice)
    start, belief, each = process_time(), begin(item()), []
    for one in readings:
        before = process_time()
        belief = learn(belief, one)
        each.append(process_time() - before)
    total = process_time() - start
    return {
        "ms_per_reading_mean": 1e3 * total / len(readings),
        "ms_per_reading_p99": 1e3 * sorted(each)[int(0.99 * len(each))],
        "ms_per_home_of_60": 1e3 * median(_home(belief, readings[-1]) for _ in range(_ROUNDS)),
        "bytes_per_consumable": len(_kept(belief)),
    }


def _home(belief: Belief, newest: Reading) -> float:
    start = process_time()
    for _ in range(CONSUMABLES):
        look(belief, now=newest.time)
    return process_time() - start


def _kept(belief: Belief) -> str:
    """The state as compact JSON, numbers to six digits."""
    state = asdict(belief)
    del state["item"]
    return json.dumps(_short(state), default=str, separators=(",", ":"))


def _short(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_short(inner) for inner in value]
    return value
