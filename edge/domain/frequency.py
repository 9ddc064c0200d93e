"""How often people may see the same thing: caps, counted by what is capped and over how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class CapScope(StrEnum):
    """What a cap counts."""

    CREATIVE = "creative"
    LINE_ITEM = "line_item"
    CAMPAIGN = "campaign"
    SPONSOR = "sponsor"

    __hash__ = str.__hash__  # an Enum hashes in Python: too slow for what every rule looks up by


class CapSpan(StrEnum):
    """Over how long a cap counts."""

    HOUR = "hour"
    """The last 60 minutes."""
    DAY = "day"
    """Since local midnight."""
    WEEK = "week"
    """The last 7 days."""
    MONTH = "month"
    """The last 30 days."""
    TOTAL = "total"
    """As long as the history remembers: 400 days."""

    __hash__ = str.__hash__  # as above


class CapKey(NamedTuple):
    """Which of the caps."""

    scope: CapScope
    span: CapSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most so many impressions; 1 or more."""

    scope: CapScope
    span: CapSpan
    most: int

    def __post_init__(self) -> None:
        """A cap lets something through.

        Raises:
            ValueError: It lets nothing through.
        """
        if self.most < 1:
            message = "a cap must be 1 or more"
            raise ValueError(message)


def _caps(scope: CapScope, *most: int) -> dict[CapKey, int]:
    return {CapKey(scope, span): cap for span, cap in zip(CapSpan, most, strict=True)}


CALM_CAPS: Mapping[CapKey, int] = {
    #                         hour day week month total
    **_caps(CapScope.CREATIVE, 1, 1, 3, 6, 24),
    **_caps(CapScope.LINE_ITEM, 1, 2, 4, 8, 36),
    **_caps(CapScope.CAMPAIGN, 1, 2, 5, 10, 60),
    **_caps(CapScope.SPONSOR, 1, 2, 7, 15, 120),
}
"""The most that any offer may ask for; a catalogue can only ask for less. One an hour is Brave's
default for a creative; the others keep a sponsor below every second day over a month."""
