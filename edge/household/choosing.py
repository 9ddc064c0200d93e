"""Pause, quiet hours, what is never shown again: the household's own rules, at once."""

from dataclasses import replace
from datetime import datetime

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
