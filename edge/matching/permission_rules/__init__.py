"""May anything be shown now? The first rule that holds refuses; its name is the reason."""

from collections.abc import Callable

from edge.matching.permission_rules.another_offer_is_shown import another_offer_is_shown
from edge.matching.permission_rules.dismissed_today import dismissed_today
from edge.matching.permission_rules.household_daily_cap import household_daily_cap
from edge.matching.permission_rules.minimum_wait import minimum_wait
from edge.matching.permission_rules.paused import paused
from edge.matching.permission_rules.quiet_hours import quiet_hours
from edge.matching.situation import Situation

PermissionRule = Callable[[Situation], bool]

PERMISSION_RULES: tuple[PermissionRule, ...] = (
    paused,
    quiet_hours,
    another_offer_is_shown,
    dismissed_today,
    household_daily_cap,
    minimum_wait,
)
"""In the order people would give them as the reason."""


def refusing_rule(situation: Situation) -> str | None:
    """The name of the first rule that refuses; None when an offer may be shown now."""
    return next((rule.__name__ for rule in PERMISSION_RULES if rule(situation)), None)
