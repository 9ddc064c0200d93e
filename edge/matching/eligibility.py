"""Every offer of the need's category gets its verdict: eligible, or the rules that keep it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.domain.offer import Offer
from edge.domain.placement import Exclusion
from edge.matching.exclusion_rules import EXCLUSION_RULES, ExclusionRule
from edge.matching.rule import holding
from edge.matching.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """All candidates, accounted for.

    Attributes:
        eligible: May be shown.
        excluded: With the rules that kept each out.
    """

    eligible: tuple[Offer, ...]
    excluded: tuple[Exclusion, ...]


def shortlist_offers(
    offers: Sequence[Offer],
    situation: Situation,
    *,
    rules: Sequence[ExclusionRule] = EXCLUSION_RULES,
) -> Shortlist:
    """The verdict of every rule on each offer."""
    eligible, excluded = [], []
    for offer in offers:
        held = holding(rules, offer, situation)
        if held:
            excluded.append(Exclusion(offer=offer.id, rule=held[0], also=held[1:]))
        else:
            eligible.append(offer)
    return Shortlist(eligible=tuple(eligible), excluded=tuple(excluded))
