"""The accelerated clock of a demo, the same text in every process."""

from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from cloud_stub import clock as cloud_clock
from edge.courier import clock as courier_clock

clocks = pytest.mark.parametrize("clock", [cloud_clock, courier_clock], ids=["cloud", "courier"])


@clocks
def test_without_a_text_it_is_real_time(clock: ModuleType) -> None:
    """No text, or an empty one."""
    for spec in (None, ""):
        told = clock.parse_clock(spec)
        assert (told.speed, told.now().tzinfo) == (1.0, UTC)
        assert told.real_seconds(timedelta(seconds=20)) == 20


@clocks
def test_it_runs_as_fast_as_it_says(clock: ModuleType) -> None:
    """A thousand seconds ago at speed ten is ten thousand seconds later than the start."""
    start = clock.parse_clock(None).now().timestamp() - 1_000
    told = clock.parse_clock(f"10@{start}")
    expected = datetime.fromtimestamp(start, UTC) + timedelta(seconds=10_000)
    assert abs(told.now() - expected) < timedelta(seconds=20)
    assert told.real_seconds(timedelta(seconds=20)) == pytest.approx(2)


@clocks
@pytest.mark.parametrize("spec", ["fast", "10", "0@0", "-1@0", "1e9@0", "nan@0", "@", "1@x"])
def test_anything_else_is_refused(clock: ModuleType, spec: str) -> None:
    """A clock that stands still, runs backwards or is no number."""
    with pytest.raises(ValueError, match=r"float|speed"):
        clock.parse_clock(spec)
