"""Read a real household's purchases from CSV: `day,item` or `day,need`, plain or gzipped.

The form is that of ../shared/data/README.md: a `household` column selects one household, names
come from an `items.csv.gz` (or `items.csv`) beside the file. A file is somebody else's: its size,
its lines and its days are bounded, and an error names the file and the line, never a purchase.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LINES_MOST = 2_000_000
"""Four times the largest set known to us."""

LINE_CHARS_MOST = 1_000
"""A row is a few numbers; a longer line is another kind of file."""

DAY_MOST = 20_000
"""Fifty-four years of purchases."""


class PurchasesError(ValueError):
    """A file of purchases that cannot be used.

    Attributes:
        path: Which.
        rule: What must hold in it, and in which line.
    """

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(f"{path}: {rule}")
        self.path = path
        self.rule = rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchases:
    """What one household bought on which day.

    Attributes:
        household: As the file names it; empty where it names none.
        days: By need, its days in ascending order, once each.
    """

    household: str
    days: Mapping[str, tuple[int, ...]]


def parse_household(text: str) -> tuple[Path, str | None]:
    """The file and household meant by `FILE` or `FILE:ID`."""
    path, colon, household = text.rpartition(":")
    if not colon or Path(text).exists():
        return Path(text), None
    return Path(path), household


def read_purchases(path: Path, household: str | None = None) -> Purchases:
    """One household's purchases; the first household of the file when none is named.

    Raises:
        PurchasesError: The file is missing, not of this form, too large, or has no such household.
    """
    chosen = household
    days: defaultdict[str, set[int]] = defaultdict(set)
    for who, day, need in rows(path):
        chosen = who if chosen is None else chosen
        if who == chosen:
            days[need].add(day)
    if chosen is None or not days:
        raise PurchasesError(path, "holds no dated purchases of the household asked for")
    return Purchases(
        household=chosen, days={need: tuple(sorted(found)) for need, found in days.items()}
    )


def rows(path: Path) -> Iterator[tuple[str, int, str]]:
    """Household, day and need of every dated row.

    Raises:
        PurchasesError: The file is missing, not of this form, or too large.
    """
    names = _names_beside(path)
    for line, row in _table(path):
        what = row.get("need") or row.get("item")
        if what is None or "day" not in row:
            raise PurchasesError(path, "needs the columns day and item, or day and need")
        if row["day"]:
            yield row.get("household", ""), _day(path, line, row["day"]), names.get(what, what)


def _day(path: Path, line: int, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(DAY_MOST))):
        raise PurchasesError(path, f"line {line}: day must be a whole number")
    if int(text) > DAY_MOST:
        raise PurchasesError(path, f"line {line}: day must be at most {DAY_MOST}")
    return int(text)


def _names_beside(path: Path) -> dict[str, str]:
    """The need of each item, from the table of items beside the file; empty without one."""
    for name in ("items.csv.gz", "items.csv"):
        beside = path.with_name(name)
        if beside.exists() and beside != path:
            table = _table(beside)
            return {row["item"]: row["need"] for _, row in table if {"item", "need"} <= row.keys()}
    return {}


def _table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and row, by column name; rows shorter than the head are refused."""
    try:
        with _opened(path) as file:
            reader = csv.reader(_bounded(path, file))
            head = next(reader, [])
            for line, fields in enumerate(reader, start=2):
                if len(fields) != len(head):
                    raise PurchasesError(path, f"line {line}: needs {len(head)} fields")
                yield line, dict(zip(head, fields, strict=True))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or "not a readable CSV file"
        raise PurchasesError(path, reason) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _bounded(path: Path, file: IO[str]) -> Iterator[str]:
    """The file's lines, none too long and not too many: an unpacked file may be endless."""
    for count in range(LINES_MOST + 1):
        line = file.readline(LINE_CHARS_MOST + 1)
        if not line:
            return
        if count == LINES_MOST or len(line) > LINE_CHARS_MOST:
            raise PurchasesError(
                path, f"at most {LINES_MOST} lines of {LINE_CHARS_MOST} characters"
            )
        yield line
