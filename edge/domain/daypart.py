"""A recurring stretch of the week on the kitchen clock: weekday mornings, Sunday afternoon."""

from dataclasses import dataclass
from datetime import datetime, time

EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Daypart:
    """From `start` to before `until`, local time; may cross midnight.

    Attributes:
        days: Weekdays on which it begins, 0 (Monday) to 6.
    """

    start: time
    until: time
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        """Its days are days of the week.

        Raises:
            ValueError: They are not, or there are none.
        """
        if not self.days or not self.days <= EVERY_DAY:
            message = "days must be some of 0 to 6"
            raise ValueError(message)

    def covers(self, local: datetime) -> bool:
        """Whether the kitchen clock is within it."""
        clock, today = local.time(), local.weekday()
        if self.start <= self.until:
            return today in self.days and self.start <= clock < self.until
        began_yesterday = (today - 1) % 7 in self.days and clock < self.until
        return began_yesterday or (today in self.days and clock >= self.start)


class PartOfDay:
    """The four parts of a day that habits are learned by, each six hours long."""

    NAMES = ("night", "morning", "afternoon", "evening")

    @classmethod
    def of(cls, local: datetime) -> str:
        """Which part the kitchen clock is in: night from midnight, morning from six, …."""
        return cls.NAMES[local.hour // 6]
