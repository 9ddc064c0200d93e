"""The clock never goes back, and an emulated one goes faster."""

from datetime import UTC, datetime

import pytest

from edge.adapters.system_clock import FastClock, SystemClock, open_clock
from edge.errors import SettingsError


class SetBackClock(SystemClock):
    """Its system clock is set back by an hour after the first look."""

    def __init__(self) -> None:
        super().__init__()
        self._hours = iter([12, 11, 13])

    def _ask(self) -> datetime:
        return datetime(2026, 11, 23, next(self._hours), tzinfo=UTC)


def test_a_clock_that_is_set_back_stands_still() -> None:
    """What is over is not revived."""
    clock = SetBackClock()

    assert [clock.now().hour for _ in range(3)] == [12, 12, 13]


def test_an_emulated_day_passes_in_a_fraction() -> None:
    """A thousand times as fast since the start."""
    start = SystemClock().now().timestamp() - 10
    fast = FastClock(speed=1_000, start=start)

    assert fast.now().timestamp() - start >= 10_000


@pytest.mark.parametrize("spec", ["fast", "10", "10@", "@5"])
def test_a_clock_nobody_understands_is_refused(spec: str) -> None:
    """Rather no start than the wrong time."""
    with pytest.raises(SettingsError, match="DOORSTEP_CLOCK"):
        open_clock(spec)


def test_without_a_specification_it_is_the_real_time() -> None:
    """At the speed of everybody's."""
    assert open_clock("").speed == 1.0
