"""What the people of this home have chosen, apart from consent."""

from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from edge.domain.daypart import Daypart


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The household's own rules; the defaults are the calm ones.

    Attributes:
        language: `de` or `en`, for surfaces and the page.
        timezone: IANA name; quiet hours and days are counted in it.
        quiet_from, quiet_until: Local times between which nothing new is shown; may cross midnight.
        most_per_day: How many offers the whole home sees a day at most, on all surfaces together.
        most_per_week: The same, in any seven days.
        paused_until: Nothing is shown before this instant (UTC); None when not paused.
        blocked_categories, blocked_sponsors: Never shown again.
        blocked_surfaces: Places where nothing is shown.
        do_not_disturb: Recurring times without anything new: meals, a Sunday afternoon.
        guests_until: Somebody is visiting: nothing is shown before this instant (UTC); None when
            nobody is.
        child_devices: Appliances that a child uses: never an offer for them, never one on them.
        compare: Whether one need in ten goes without an offer, to see whether offers help at all.
        fresh_start_at: What annoyed before this instant is forgiven; None when nothing was.
    """

    language: str = "de"
    timezone: str = "Europe/Berlin"
    quiet_from: time = time(21, 0)
    quiet_until: time = time(7, 0)
    most_per_day: int = 2
    most_per_week: int = 7
    paused_until: datetime | None = None
    blocked_categories: frozenset[str] = field(default_factory=frozenset)
    blocked_sponsors: frozenset[str] = field(default_factory=frozenset)
    blocked_surfaces: frozenset[str] = field(default_factory=frozenset)
    do_not_disturb: tuple[Daypart, ...] = ()
    guests_until: datetime | None = None
    child_devices: frozenset[str] = field(default_factory=frozenset)
    compare: bool = False
    fresh_start_at: datetime | None = None

    def local(self, now: datetime) -> datetime:
        """That instant on the kitchen clock."""
        return now.astimezone(ZoneInfo(self.timezone))

    def start_of_day(self, now: datetime) -> datetime:
        """The local midnight before that instant."""
        return self.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
