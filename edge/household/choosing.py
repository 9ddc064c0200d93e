"""Pause, quiet hours, what is never shown again: the household's own rules, at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from edge.domain.household import Preferences
from edge.household.home import Home, clear_what_is_over


async def choose(home: Home, preferences: Preferences) -> None:
    """Put these choices in force."""
    async with home.turn:
        await home.store.put_preferences(preferences)
        await clear_what_is_over(home, now=home.clock.now())


async def pause(home: Home, *, until: datetime | None) -> None:
    """Show nothing before that instant; None ends the pause."""
    await choose(home, replace(await home.store.preferences(), paused_until=until))


class Break(StrEnum):
    """How long a pause can last."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    FOR_GOOD = "for_good"
    OVER = "over"
    """Not at all: the pause ends."""


FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
"""Until somebody ends it; a date, because a pause is one, and one that every time zone can hold."""


async def take_a_break(home: Home, length: Break) -> None:
    """Pause for that long, from now on; `until tomorrow` is until the next local midnight."""
    now = home.clock.now()
    preferences = await home.store.preferences()
    await pause(home, until=_end(length, preferences, now))


def _end(length: Break, preferences: Preferences, now: datetime) -> datetime | None:
    match length:
        case Break.HOUR:
            return now + timedelta(hours=1)
        case Break.TOMORROW:
            return (preferences.start_of_day(now) + timedelta(days=1)).astimezone(UTC)
        case Break.FOR_GOOD:
            return FOR_GOOD
        case Break.OVER:
            return None
