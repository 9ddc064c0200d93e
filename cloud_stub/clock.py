"""Asks the time: real, or the accelerated time that all processes of a demo share."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_SPEED_MOST = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that runs `speed` times as fast as the real one since the Unix second `start`."""

    speed: float = 1.0
    start: float = 0.0

    def now(self) -> datetime:
        """This instant, UTC."""
        elapsed = (time.time() - self.start) * self.speed
        return datetime.fromtimestamp(self.start + elapsed, UTC)

    def real_seconds(self, span: timedelta) -> float:
        """How long the span takes in real seconds."""
        return span.total_seconds() / self.speed


def parse_clock(spec: str | None) -> Clock:
    """The clock of `<speed>@<unix start>`; real time when there is no such text.

    Raises:
        ValueError: It does not have that form, or the speed is not from 0 to a million.
    """
    if not spec:
        return Clock()
    speed, _, start = spec.partition("@")
    clock = Clock(float(speed), float(start))
    if not 0 < clock.speed <= _SPEED_MOST:
        message = f"a clock's speed is more than 0 and at most {_SPEED_MOST:.0f}"
        raise ValueError(message)
    return clock
