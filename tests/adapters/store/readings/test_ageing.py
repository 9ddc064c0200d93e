"""Readings are filed, rolled up and deleted with age; duplicates and late ones stay right."""

from datetime import timedelta
from pathlib import Path

import pytest

from edge.adapters.store.readings.ageing import file_closed_days, sweep
from edge.adapters.store.readings.retention import Retention
from edge.adapters.store.records.readings import ReadingRecords
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import BUTTER, DAY, NOON, a_reading

WEEK = Retention(raw=7, quarters=20, hours=30, days=40)


def grown_old(records: ReadingRecords, days: float, retention: Retention = WEEK) -> None:
    """So many days later."""
    now = NOON + days * DAY
    file_closed_days(records.files, now=now)
    sweep(records.files, retention, adding=(), now=now)


def values(records: ReadingRecords) -> list[float]:
    """All that is left of the butter."""
    return [one.value for one in records.since(BUTTER, NOON - 999 * DAY)]


def test_a_filed_reading_is_still_known(tmp_path: Path) -> None:
    """It comes back, and does not count twice."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(0), a_reading(1)], now=NOON)
        grown_old(records, 1)
        assert records.since(BUTTER, NOON) == [a_reading(0), a_reading(1)]
        assert records.add([a_reading(0), a_reading(0.5)], now=NOON + DAY) == 1


@pytest.mark.parametrize(("age", "left"), [(7, 30), (8, 2), (21, 1), (31, 1), (40, 1), (41, 0)])
def test_each_age_has_its_fineness(tmp_path: Path, age: int, left: int) -> None:
    """Half an hour of minutes: thirty readings, two quarters, one hour, one day, nothing."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(minute, 100 - minute) for minute in range(30)], now=NOON)
        grown_old(records, age)
        assert len(values(records)) == left
        if left:
            assert values(records)[-1] == 71


def test_ageing_day_by_day_is_ageing_at_once(tmp_path: Path) -> None:
    """An appliance that was off for a month ends where one that was on ends."""
    readings = [a_reading(minute * 7, minute / 10) for minute in range(600)]
    with a_file(tmp_path / "a") as file:
        daily = ReadingRecords(file.database)
        daily.add(readings, now=NOON)
        for age in range(1, 26):
            grown_old(daily, age)
        seen = daily.stretches(BUTTER, NOON - DAY)
    with a_file(tmp_path / "b") as file:
        at_once = ReadingRecords(file.database)
        at_once.add(readings, now=NOON)
        grown_old(at_once, 25)
        assert at_once.stretches(BUTTER, NOON - DAY) == seen


def test_a_late_reading_beyond_the_raw_days_counts_once(tmp_path: Path) -> None:
    """Its quarter hour was rolled up: only what came after the last known one is new."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(1), a_reading(5)], now=NOON)
        grown_old(records, 10)
        later = NOON + 10 * DAY
        assert records.add([a_reading(1), a_reading(5), a_reading(3)], now=later) == 0
        assert records.add([a_reading(6, 44.0), a_reading(20, 33.0)], now=later) == 2
        grown_old(records, 10)
        assert values(records) == [44.0, 33.0]


def test_what_adds_up_is_added_up(tmp_path: Path) -> None:
    """Three packs in within a quarter hour are three packs, not one."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(minute, 1.0) for minute in range(3)], now=NOON)
        now = NOON + 10 * DAY
        file_closed_days(records.files, now=now)
        sweep(records.files, WEEK, adding={BUTTER}, now=now)
        assert values(records) == [3.0]


def test_today_stays_open(tmp_path: Path) -> None:
    """Filing yesterday leaves what was said since midnight in the log."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        before, after = a_reading(11 * 60), a_reading(13 * 60)
        records.add([before, after], now=NOON)
        file_closed_days(records.files, now=NOON + timedelta(hours=13))
        assert len(records.files.log.days) == 1
        assert records.since(BUTTER, NOON) == [before, after]


def test_filed_days_survive_a_restart(tmp_path: Path) -> None:
    """On the shelf and in the log."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(0), a_reading(13 * 60)], now=NOON)
        file_closed_days(records.files, now=NOON + timedelta(hours=13))
        records.flush()
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        assert records.since(BUTTER, NOON) == [a_reading(0), a_reading(13 * 60)]


def test_habits_learn_from_closed_days(tmp_path: Path) -> None:
    """Monday noon, UTC, is hour 12 of the week."""
    with a_file(tmp_path) as file:
        records = ReadingRecords(file.database)
        records.add([a_reading(0, 40.0), a_reading(1, 60.0)], now=NOON)
        grown_old(records, 1)
        assert NOON.weekday() == 0
        assert records.habit(BUTTER).means[12] == 50.0
