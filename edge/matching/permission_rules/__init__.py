"""May anything be shown now? Each rule is asked; the first that holds is the reason told."""

from edge.matching.permission_rules.annoyance_budget_spent import annoyance_budget_spent
from edge.matching.permission_rules.another_offer_is_shown import another_offer_is_shown
from edge.matching.permission_rules.answered_already import answered_already
from edge.matching.permission_rules.childs_appliance import childs_appliance
from edge.matching.permission_rules.consent_ended import consent_ended
from edge.matching.permission_rules.dismissed_today import dismissed_today
from edge.matching.permission_rules.do_not_disturb import do_not_disturb
from edge.matching.permission_rules.enough_elsewhere import enough_elsewhere
from edge.matching.permission_rules.guests_here import guests_here
from edge.matching.permission_rules.held_out import held_out
from edge.matching.permission_rules.household_daily_cap import household_daily_cap
from edge.matching.permission_rules.household_weekly_cap import household_weekly_cap
from edge.matching.permission_rules.minimum_wait import minimum_wait
from edge.matching.permission_rules.need_closed import need_closed
from edge.matching.permission_rules.need_stale import need_stale
from edge.matching.permission_rules.no_valid_catalogue import no_valid_catalogue
from edge.matching.permission_rules.paused import paused
from edge.matching.permission_rules.quiet_hours import quiet_hours
from edge.matching.permission_rules.storage_unhealthy import storage_unhealthy
from edge.matching.rule import Rule
from edge.matching.situation import Situation

PermissionRule = Rule[[Situation]]

PERMISSION_RULES: tuple[PermissionRule, ...] = (
    answered_already,
    need_closed,
    need_stale,
    consent_ended,
    childs_appliance,
    enough_elsewhere,
    paused,
    guests_here,
    quiet_hours,
    do_not_disturb,
    another_offer_is_shown,
    dismissed_today,
    household_daily_cap,
    household_weekly_cap,
    minimum_wait,
    annoyance_budget_spent,
    storage_unhealthy,
    no_valid_catalogue,
    held_out,
)
"""In the order people would give them as the reason; the holdout last, so that it only holds back
what would have been shown."""
