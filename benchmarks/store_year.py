"""What fifty talkative appliances cost the flash: `python -m benchmarks.store_year [--days N]`.

Fifty items, one reading a minute each, for ninety days, at the rate the runtime would write them:
a synced segment every five minutes, days filed and rolled up at midnight. Prints megabytes on
disk, megabytes that reached the medium per day, and the time a query takes.
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.flash import block_device, can_measure
from edge.adapters.store.readings.ageing import file_closed_days, sweep
from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.records.readings import ReadingRecords
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA
from edge.adapters.store.sealed.key_source import KeyFile
from edge.adapters.store.sealed_file import SealedFile
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId, ItemName
from edge.domain.reading import Reading

_START = datetime(2026, 1, 1, tzinfo=UTC)
_ITEMS = [
    ItemId(device=DeviceId(f"device-{number:02}"), name=ItemName("level")) for number in range(50)
]
_SEGMENT = 5
"""Minutes."""


def main() -> int:
    """Live through the days and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=90)
    days = parser.parse_args().days
    if not can_measure():
        print("needs root and loop devices", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder,
        block_device(Path(folder)) as (flash, written),
    ):
        keys = flash / "keys"
        source = KeyFile(keys / "key")
        file = SealedFile(flash / "data", keys=keys, source=source, schema=HOUSEHOLD_SCHEMA)
        with closing(file):
            file.engine.fill_log()
            before, start = written(), time.process_time()
            _live(file, days)
            spent, per_day = time.process_time() - start, (written() - before) / days / 1e6
            _report(file, flash / "data", days=days, per_day=per_day, spent=spent)
    return 0


def _live(file: SealedFile, days: int) -> None:
    records, dice = ReadingRecords(file.database), random.Random(1)
    levels = [dice.uniform(200, 500) for _ in _ITEMS]
    for minute in range(0, days * 1440, _SEGMENT):
        now = _START + timedelta(minutes=minute)
        records.add([r for m in range(_SEGMENT) for r in _said(levels, minute + m, dice)], now=now)
        records.flush()
        if minute % 60 == 0:
            file.remember()
        if minute % 1440 == 0:
            file_closed_days(records.files, now=now)
            sweep(records.files, Retention(), adding=(), now=now)


def _said(levels: list[float], minute: int, dice: random.Random) -> list[Reading]:
    """A slow fall, a refill now and then, a noise of a gram."""
    time_ = _START + timedelta(minutes=minute)
    readings = []
    for place, item in enumerate(_ITEMS):
        levels[place] -= 0.05
        if levels[place] < 20:
            levels[place] = 500.0
        value = round(levels[place] + dice.gauss(0, 1), 1)
        readings.append(Reading(device=item.device, name=item.name, time=time_, value=value))
    return readings


def _report(file: SealedFile, folder: Path, *, days: int, per_day: float, spent: float) -> None:
    records = ReadingRecords(file.database)
    start = time.perf_counter()
    seen = records.since(_ITEMS[0], _START)
    query = time.perf_counter() - start
    size = (folder / "store.db").stat().st_size / 1e6
    print(f"{days} days of {len(_ITEMS)} items, a reading a minute")
    print(f"on disk                {size:8.1f} MB   (at most 15 for 90 days)")
    print(f"written to the medium  {per_day:8.2f} MB a day   (at most 3)")
    print(f"CPU                    {spent / days / len(_ITEMS) / 1440 * 1e6:8.1f} us per reading")
    print(f"a query of {len(seen)} readings {query * 1e3:6.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
