"""The only asker of the time: the system's clock, or an emulated home's faster one.

Never earlier than the answer before: a clock that is set back must not revive what is over.
"""

from datetime import UTC, datetime

from edge.errors import SettingsError


class SystemClock:
    """Real time, UTC.

    Attributes:
        speed: How fast it goes against real time: 1.
    """

    speed = 1.0

    def __init__(self) -> None:
        self._latest = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """This instant."""
        self._latest = max(self._latest, self._ask())
        return self._latest

    def _ask(self) -> datetime:
        return datetime.now(tz=UTC)


class FastClock(SystemClock):
    """Emulated time: real time since `start`, `speed` times as fast."""

    def __init__(self, *, speed: float, start: float) -> None:
        super().__init__()
        self.speed = speed
        self._start = start

    def _ask(self) -> datetime:
        real = datetime.now(tz=UTC).timestamp()
        return datetime.fromtimestamp(self._start + (real - self._start) * self.speed, tz=UTC)


def open_clock(spec: str) -> SystemClock:
    """The clock that the setting asks for; `""` is the real one.

    Raises:
        SettingsError: The specification is not `<speed>@<unix start>`.
    """
    if not spec:
        return SystemClock()
    speed, _, start = spec.partition("@")
    try:
        return FastClock(speed=float(speed), start=float(start))
    except ValueError as error:
        raise SettingsError("DOORSTEP_CLOCK", "must be <speed>@<unix start>") from error
