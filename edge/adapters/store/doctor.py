"""Is the store whole, how big is it, what does it cost the flash, how long is there room?"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from tinydb.table import Document

from edge.adapters.store.readings.day_series import DAY, instant
from edge.adapters.store.records.home import HomeRecords

_ONLY = 1
_REMEMBERED = 30
"""Days of size and wear that the forecast looks back on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What `doctor` says; raised errors say the rest.

    Attributes:
        rows: How many rows each table has, each table proven whole.
        entries: How many entries each ledger has, each checked against its signed head.
        commits: How often anything was kept.
        file_bytes: The store's folder, log and ballast included.
        free_bytes: What the disk has left.
        written_per_day: Bytes this process has caused to be written, per day; None on day one.
        days_left: Until the disk is full at the present growth; None while it does not grow.
    """

    rows: dict[str, int]
    entries: dict[str, int]
    commits: int
    file_bytes: int
    free_bytes: int
    written_per_day: int | None
    days_left: int | None


def examine(records: HomeRecords, folder: Path) -> Findings:
    """Prove everything and measure.

    Raises:
        TamperError: Something is not what was written.
    """
    days = _remembered(records)
    free = shutil.disk_usage(folder).free
    return Findings(
        rows=records.file.verify(),
        entries={name.value: ledger.verify() for name, ledger in records.ledgers.items()},
        commits=records.file.engine.state.commit,
        file_bytes=_size(folder),
        free_bytes=free,
        written_per_day=_written_per_day(days),
        days_left=_days_left(days, free),
    )


def remember_wear(records: HomeRecords, folder: Path, *, now: datetime) -> None:
    """Note today's size and what was written so far; once a day is enough."""
    today = [instant(now) // DAY, _size(folder), _written()]
    table = records.file.database.table("wear")
    table.upsert(Document({"days": [*_remembered(records), today][-_REMEMBERED:]}, doc_id=_ONLY))


def _remembered(records: HomeRecords) -> list[list[int]]:
    found = records.file.database.table("wear").get(doc_id=_ONLY)
    return list(found["days"]) if isinstance(found, Document) else []


def _written_per_day(days: Sequence[Sequence[int]]) -> int | None:
    """From neighbouring days of one process life: the counter starts anew with each."""
    steps = [
        (after[2] - before[2]) // (after[0] - before[0])
        for before, after in pairwise(days)
        if after[0] > before[0] and after[2] >= before[2]
    ]
    return sum(steps) // len(steps) if steps else None


def _days_left(days: Sequence[Sequence[int]], free: int) -> int | None:
    if len(days) < 2 or days[-1][0] == days[0][0]:  # noqa: PLR2004 -- a slope needs two points
        return None
    grown = (days[-1][1] - days[0][1]) / (days[-1][0] - days[0][0])
    return int(free / grown) if grown > 0 else None


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


def _written() -> int:
    """Bytes that this process has caused to be written to the medium; 0 where nobody counts."""
    try:
        lines = Path(f"/proc/{os.getpid()}/io").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return int(dict(line.split(": ") for line in lines).get("write_bytes", "0"))
