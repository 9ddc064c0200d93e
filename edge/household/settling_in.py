"""What a home does first when it wakes up: remember its people's choices and what was shown."""

from dataclasses import replace

from edge.domain.household import Preferences
from edge.household.home import Home, clear_what_is_over


async def settle_in(home: Home, *, language: str, timezone: str) -> None:
    """Bring courier and surfaces in line with what is on disk.

    A new home starts with the product's language and time zone; an old one keeps its own.
    """
    async with home.turn:
        now = home.clock.now()
        if await home.store.preferences() == Preferences():
            first = replace(Preferences(), language=language, timezone=timezone)
            await home.store.put_preferences(first)
        await home.subscription.follow(await home.store.grants(now=now))
        await clear_what_is_over(home, now=now)
        await _show_what_stands(home)


async def _show_what_stands(home: Home) -> None:
    standing = await home.store.standing()
    if standing:
        preferences = await home.store.preferences()
        await home.surfaces.show(standing, language=preferences.language)
