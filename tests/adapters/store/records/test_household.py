"""Counters are bounded and cheap."""

from pathlib import Path

from edge.adapters.store.records.household import EVENTS_MOST, OTHER_EVENTS, HouseholdRecords
from tests.adapters.store.bench import a_file


def test_counting_writes_nothing_until_told(tmp_path: Path) -> None:
    """A flood of refused input must not wear the flash out."""
    with a_file(tmp_path) as file:
        records = HouseholdRecords(file.database)
        before = file.engine.state.commit
        for _ in range(1_000):
            records.count("readings.refused")
        assert file.engine.state.commit == before
        records.write_counts()
        assert file.engine.state.commit == before + 1
        assert HouseholdRecords(file.database).counts() == {"readings.refused": 1_000}


def test_too_many_names_are_counted_together(tmp_path: Path) -> None:
    """The last name that fits has its own counter, the next one has not."""
    with a_file(tmp_path) as file:
        records = HouseholdRecords(file.database)
        for number in range(EVENTS_MOST + 5):
            records.count(f"event.{number}")
        records.write_counts()
        counts = HouseholdRecords(file.database).counts()
        assert counts[f"event.{EVENTS_MOST - 1}"] == 1
        assert f"event.{EVENTS_MOST}" not in counts
        assert counts[OTHER_EVENTS] == 5
