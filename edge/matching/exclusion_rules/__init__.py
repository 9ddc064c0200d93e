"""Why not this offer? Every rule is asked, in order; the first that holds is the reason told."""

from edge.domain.offer import Offer
from edge.matching.exclusion_rules.already_saved import already_saved
from edge.matching.exclusion_rules.blocked_category import blocked_category
from edge.matching.exclusion_rules.blocked_sponsor import blocked_sponsor
from edge.matching.exclusion_rules.disliked_category import disliked_category
from edge.matching.exclusion_rules.disliked_sponsor import disliked_sponsor
from edge.matching.exclusion_rules.dismissed_recently import dismissed_recently
from edge.matching.exclusion_rules.flagged import flagged
from edge.matching.exclusion_rules.frequency_caps import FREQUENCY_CAPS
from edge.matching.exclusion_rules.ignored_for_this_need import ignored_for_this_need
from edge.matching.exclusion_rules.more_than_is_used import more_than_is_used
from edge.matching.exclusion_rules.no_saving import no_saving
from edge.matching.exclusion_rules.no_surface_fits import no_surface_fits
from edge.matching.exclusion_rules.not_interested import not_interested
from edge.matching.exclusion_rules.other_need import other_need
from edge.matching.exclusion_rules.outside_daypart import outside_daypart
from edge.matching.exclusion_rules.outside_flight import outside_flight
from edge.matching.exclusion_rules.paced_out import paced_out
from edge.matching.exclusion_rules.seen_too_often import seen_too_often
from edge.matching.exclusion_rules.unlabelled import unlabelled
from edge.matching.exclusion_rules.unwelcome import unwelcome
from edge.matching.exclusion_rules.wrong_region import wrong_region
from edge.matching.rule import Rule
from edge.matching.situation import Situation

ExclusionRule = Rule[[Offer, Situation]]

EXCLUSION_RULES: tuple[ExclusionRule, ...] = (
    other_need,
    unlabelled,
    blocked_category,
    blocked_sponsor,
    flagged,
    not_interested,
    already_saved,
    outside_flight,
    wrong_region,
    outside_daypart,
    paced_out,
    no_saving,
    more_than_is_used,
    seen_too_often,
    dismissed_recently,
    ignored_for_this_need,
    disliked_category,
    disliked_sponsor,
    *FREQUENCY_CAPS,
    unwelcome,
    no_surface_fits,
)
"""The household's own choices first: they are the truest reason."""
