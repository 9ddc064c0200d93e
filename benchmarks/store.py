"""The store against TinyDB's own storages and bare SQLite, all in one run.

    python -m benchmarks.store [--json] [--quick]

Times are medians; contenders take turns of a few tries, each with a clean page cache, so that a
noisy disk is noisy for all. Ratios of one run mean something, single latencies little.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.flash import block_device, can_measure
from benchmarks.store_contenders import (
    Contender,
    Document,
    raw_sqlite,
    sealed,
    tinydb_caching,
    tinydb_json,
)

_PAYLOAD = 200
"""Bytes of an event as JSON."""

_ROUNDS = 4
"""How often the contenders take turns."""

_TRIES = {1_000: 10, 10_000: 10, 100_000: 3}
"""Tries per turn; TinyDB takes about a second for each at 100,000 documents."""

_LIMITS = {
    "insert_vs_tinydb_1k": (">=", 5),
    "insert_vs_tinydb_10k": (">=", 100),
    "insert_vs_tinydb_100k": (">=", 500),
    "insert_vs_sqlite_10k": ("<=", 2.5),
    "get_vs_sqlite_10k": ("<=", 2.5),
    "find_vs_sqlite_10k": ("<=", 4),
    "find_vs_tinydb_10k": (">=", 200),
    "device_bytes_single_x": ("<=", 40),
    "device_bytes_batch50_x": ("<=", 3.5),
    "device_bytes_vs_tinydb_10k": (">=", 250),
    "open_ms_100k_offers": ("<=", 50),
    "rss_mib_100k_offers": ("<=", 30),
}
"""What the store must reach."""


def an_event(number: int) -> Document:
    """An event of about 200 bytes as JSON."""
    event = {
        "ts": 1_790_000_000 + number,
        "device": f"dev-{number % 50:02}",
        "kind": ("power", "temp", "motion", "door", "water")[number % 5],
        "value": round(random.Random(number).random() * 1_000, 3),
        "sku": f"sku-{number:07}",
        "room": f"room-{number % 9}",
    }
    padding = _PAYLOAD - len(json.dumps(event, separators=(",", ":"))) - len(',"note":""')
    return {**event, "note": "x" * padding}


def main() -> int:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one object with the figures")
    parser.add_argument("--quick", action="store_true", help="without the 100,000 documents")
    arguments = parser.parse_args()
    sizes = (1_000, 10_000) if arguments.quick else (1_000, 10_000, 100_000)
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        figures, table = _latencies(Path(folder), sizes)
        figures |= _device_bytes(Path(folder))
        figures |= _offers(Path(folder))
    if arguments.json:
        print(json.dumps(figures))
    else:
        _print(table, figures)
    return 0


def _latencies(folder: Path, sizes: tuple[int, ...]) -> tuple[dict[str, float], list[str]]:
    figures: dict[str, float] = {}
    table = [
        f"{'documents':>9}  {'store':<15}{'insert':>10}{'50 at once':>12}{'get':>9}{'find':>9}"
    ]
    for size in sizes:
        times = _at_size(folder / str(size), size)
        for name, row in times.items():
            cells = "".join(
                f"{row[act] * 1e6:>11,.0f}" for act in ("insert", "many", "get", "find")
            )
            table.append(f"{size:>9,}  {name:<13}{cells}  us")
        label = f"{size // 1000}k"
        ours, theirs, bare = (times[name] for name in ("sealed", "tinydb-json", "sqlite"))
        figures[f"insert_vs_tinydb_{label}"] = theirs["insert"] / ours["insert"]
        for act in ("insert", "insert_indexed", "get", "find"):
            figures[f"{act}_vs_sqlite_{label}"] = ours[act] / bare[act]
        figures[f"find_vs_tinydb_{label}"] = theirs["find"] / ours["find"]
    return {name: round(value, 2) for name, value in figures.items()}, table


def _at_size(folder: Path, size: int) -> dict[str, dict[str, float]]:
    """Median seconds of each act of each store that holds so many documents."""
    folder.mkdir()
    contenders = [make(folder) for make in (sealed, tinydb_json, tinydb_caching, raw_sqlite)]
    events = [an_event(number) for number in range(size)]
    for one in contenders:
        one.insert_many(events)
        if one.name in {"sealed", "sqlite"}:
            _fill_indexed(one, events)
    times: dict[str, dict[str, list[float]]] = {one.name: {} for one in contenders}
    turns = iter(range(1_000_000))
    for _ in range(_ROUNDS):
        for one in contenders:
            os.sync()  # nobody pays for what another has left in the page cache
            for _ in range(_TRIES[size]):
                for act, call in _acts(one, size, next(turns)).items():
                    times[one.name].setdefault(act, []).append(_timed(call))
    for one in contenders:
        one.close()
    return {
        name: {act: statistics.median(each) for act, each in acts.items()}
        for name, acts in times.items()
    }


def _acts(one: Contender, size: int, turn: int) -> dict[str, Callable[[], object]]:
    new = [an_event(size + turn * 100 + number) for number in range(52)]
    row = 1 + (turn * 7_919) % size
    return {
        "insert": lambda: one.insert(new[0]),
        "insert_indexed": lambda: one.insert_indexed(new[1]),
        "many": lambda: one.insert_many(new[2:]),
        "get": lambda: one.get(row),
        "find": lambda: one.find(f"sku-{row - 1:07}"),
    }


def _fill_indexed(one: Contender, events: list[Document]) -> None:
    """The same documents where they can be found; a thousandth of them suffices beyond 10,000."""
    for event in events[: 10_000 if len(events) > 1_000 else 1_000]:
        one.insert_indexed(event)


def _device_bytes(folder: Path) -> dict[str, float]:
    """Bytes that reach the medium per event of 200; empty where it cannot be counted."""
    if not can_measure():
        print("device bytes: not measured (needs root and loop devices)", file=sys.stderr)
        return {}
    with block_device(folder) as (flash, written):
        one, other = sealed(flash), tinydb_json(flash)
        for start in range(0, 10_000, 1_000):
            one.insert_many([an_event(number) for number in range(start, start + 1_000)])
        other.insert_many([an_event(number) for number in range(10_000)])
        events = iter(range(10_000, 1_000_000))

        def per_event(count: int, batch: int, store: Contender) -> float:
            before = written()
            for _ in range(count):
                store.insert_many([an_event(next(events)) for _ in range(batch)])
            return (written() - before) / (count * batch * _PAYLOAD)

        per_event(3_000, 1, one)  # until the log is reused in place, as in a running home
        single, batch = per_event(1_000, 1, one), per_event(800, 50, one)
        theirs = per_event(15, 1, other)
        one.close()
        other.close()
    return {
        "device_bytes_single_x": round(single, 1),
        "device_bytes_batch50_x": round(batch, 2),
        "device_bytes_vs_tinydb_10k": round(theirs / single, 0),
    }


def _offers(folder: Path) -> dict[str, float]:
    """Opening a store with 100,000 cached offers, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.store_offers", str(folder)]
    subprocess.run([*command, "--import"], check=True)  # noqa: S603 -- ourselves
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- ourselves
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _print(table: list[str], figures: dict[str, Any]) -> None:
    print("\n".join(table))
    for name, value in figures.items():
        sign, limit = _LIMITS.get(name, ("", ""))
        met = (
            ""
            if not sign
            else "ok"
            if (value >= limit if sign == ">=" else value <= limit)
            else "MISSED"
        )
        print(f"{name:<32}{value:>12,}   {sign} {limit} {met}")


if __name__ == "__main__":
    sys.exit(main())
