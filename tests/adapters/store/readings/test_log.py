"""What waits in memory, and for how long."""

from datetime import timedelta
from pathlib import Path

from edge.adapters.store.readings.log import SEGMENT_AFTER, SEGMENT_MOST
from edge.adapters.store.records.readings import ReadingRecords
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import BOOK, BUTTER, NOON, TICK, a_reading


def on_disk(records: ReadingRecords) -> int:
    """How many readings a crash would leave."""
    again = ReadingRecords(records.files.database)
    return len(again.since(BUTTER, NOON)) + len(again.since(BOOK, NOON))


def test_readings_wait_for_five_minutes_and_no_longer(tmp_path: Path) -> None:
    """One tick before, a crash takes them; at five minutes it does not."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(), a_reading(item=BOOK)], now=NOON)
        records.flush_if_due(now=NOON + SEGMENT_AFTER - TICK)
        assert on_disk(records) == 0
        records.flush_if_due(now=NOON + SEGMENT_AFTER)
        assert on_disk(records) == 2


def test_many_readings_do_not_wait(tmp_path: Path) -> None:
    """Memory is bounded whatever the clock says."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(second / 60) for second in range(SEGMENT_MOST)], now=NOON)
        records.add([a_reading(600)], now=NOON)
        assert on_disk(records) == SEGMENT_MOST


def test_a_segment_is_one_commit(tmp_path: Path) -> None:
    """Five minutes of all appliances, not a commit per reading."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading()], now=NOON)
        before = file.engine.state.commit
        records.add([a_reading(minute) for minute in range(5)], now=NOON)
        records.flush_if_due(now=NOON + timedelta(minutes=5))
        assert file.engine.state.commit == before + 1
