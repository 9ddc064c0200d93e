"""A clock that stands still until it is told to move."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The instant most tests happen at: a Monday."""


class FakeClock:
    """Keeps the Clock port's promise by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant it was last moved to."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Go forward; a Clock never goes back."""
        if by < timedelta(0):
            message = "a clock never goes back"
            raise ValueError(message)
        self._now += by
