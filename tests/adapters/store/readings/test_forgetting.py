"""Forgotten readings are gone from memory, log and every shelf."""

from pathlib import Path

from edge.adapters.store.readings.ageing import file_closed_days, sweep
from edge.adapters.store.readings.forgetting import forget_device, forget_item, forget_span
from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.records.readings import ReadingRecords
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import BOOK, BUTTER, DAY, FRIDGE, NOON, TICK, a_reading

NOW = NOON + 15 * DAY


def a_fortnight(records: ReadingRecords) -> None:
    """A reading of each item each noon; the first week rolled up, the last day in the log."""
    for day in range(15):
        start = NOON + day * DAY
        records.add([a_reading(item=item, start=start) for item in (BUTTER, BOOK)], now=start)
    file_closed_days(records.files, now=NOON + 14 * DAY)
    sweep(records.files, Retention(), adding=(), now=NOW)


def left(records: ReadingRecords) -> tuple[int, int]:
    """How many of butter and book, also after a restart."""
    counts = [len(records.since(item, NOON)) for item in (BUTTER, BOOK)]
    records.flush()
    again = ReadingRecords(records.files.database)
    assert [len(again.since(item, NOON)) for item in (BUTTER, BOOK)] == counts
    return counts[0], counts[1]


def test_an_item_is_forgotten_everywhere(tmp_path: Path) -> None:
    """The other one stays whole."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        a_fortnight(records)
        assert left(records) == (15, 15)
        forget_item(records.files, BUTTER)
        assert left(records) == (0, 15)


def test_an_appliance_is_forgotten_with_its_items(tmp_path: Path) -> None:
    """And only with those."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        a_fortnight(records)
        forget_device(records.files, FRIDGE)
        assert left(records) == (0, 15)


def test_a_span_is_half_open(tmp_path: Path) -> None:
    """From the second noon to just before the last: the first and the last stay."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        a_fortnight(records)
        forget_span(records.files, NOON + DAY, NOON + 14 * DAY)
        assert left(records) == (2, 2)
        forget_span(records.files, NOON + 14 * DAY + TICK, NOON + 20 * DAY)
        assert left(records) == (2, 2)
        forget_span(records.files, NOON, NOON + TICK)
        assert left(records) == (1, 1)
