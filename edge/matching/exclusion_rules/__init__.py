"""Why not this offer? Every rule is asked, in order; the first that holds is the reason."""

from collections.abc import Callable

from edge.domain.offer import Offer
from edge.matching.exclusion_rules.blocked_category import blocked_category
from edge.matching.exclusion_rules.blocked_sponsor import blocked_sponsor
from edge.matching.exclusion_rules.dismissed_recently import dismissed_recently
from edge.matching.exclusion_rules.flagged import flagged
from edge.matching.exclusion_rules.line_item_daily_cap import line_item_daily_cap
from edge.matching.exclusion_rules.no_surface_fits import no_surface_fits
from edge.matching.exclusion_rules.not_interested import not_interested
from edge.matching.exclusion_rules.outside_flight import outside_flight
from edge.matching.exclusion_rules.seen_too_often import seen_too_often
from edge.matching.situation import Situation

ExclusionRule = Callable[[Offer, Situation], bool]

EXCLUSION_RULES: tuple[ExclusionRule, ...] = (
    blocked_category,
    blocked_sponsor,
    flagged,
    not_interested,
    outside_flight,
    seen_too_often,
    dismissed_recently,
    line_item_daily_cap,
    no_surface_fits,
)
"""The household's own choices first: they are the truest reason."""


def excluding_rule(offer: Offer, situation: Situation) -> str | None:
    """The name of the first rule that keeps the offer out; None when it is eligible."""
    return next((rule.__name__ for rule in EXCLUSION_RULES if rule(offer, situation)), None)
