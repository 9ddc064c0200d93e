"""Emulated time: the real one, or one that runs faster; the only asker of the time in devices.

A clock is written `<speed>@<unix start>` and means `now = start + (real - start) * speed`, so that
all processes given the same words agree without talking to each other.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SPEED_MOST = 100_000.0
"""A day in less than a second; beyond it no appliance could keep up."""

_SPEC = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)@(\d{1,11}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Emulated time.

    Attributes:
        speed: Emulated seconds in a real second, at least 1.
        start: The instant at which emulated and real time meet, Unix seconds.
        ask: The real time, Unix seconds.
    """

    speed: float = 1.0
    start: float = 0.0
    ask: Callable[[], float] = time.time

    def now(self) -> datetime:
        """This emulated instant, UTC."""
        seconds = self.start + (self.ask() - self.start) * self.speed
        return datetime.fromtimestamp(seconds, UTC)

    def real_seconds(self, emulated: timedelta) -> float:
        """How long that lasts for those who watch."""
        return emulated.total_seconds() / self.speed

    @property
    def spec(self) -> str:
        """The clock as it is handed to other programs."""
        return f"{self.speed:g}@{self.start:.6f}"


def parse_clock(spec: str) -> Clock:
    """The clock written as `<speed>@<unix start>`; empty means real time.

    Raises:
        ValueError: It is not written like that, or the speed is out of range.
    """
    if not spec:
        return Clock()
    match = _SPEC.fullmatch(spec)
    if not match or not 1.0 <= float(match[1]) <= SPEED_MOST:
        message = f"a clock is <speed>@<unix start>, speed from 1 to {SPEED_MOST:.0f}"
        raise ValueError(message)
    return Clock(speed=float(match[1]), start=float(match[2]))


def clock_at(moment: datetime, *, speed: float, ask: Callable[[], float] = time.time) -> Clock:
    """The clock that shows `moment` at this real instant and runs at `speed` from there."""
    if speed == 1.0:  # real time can only show itself
        return Clock()
    real = ask()
    start = real + (real - moment.timestamp()) / (speed - 1.0)
    return Clock(speed=speed, start=round(start, 6), ask=ask)
