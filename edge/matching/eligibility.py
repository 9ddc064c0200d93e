"""Every offer of the need's category gets its verdict: eligible, or the rules that keep it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Exclusion
from edge.matching.exclusion_rules import EXCLUSION_RULES, ExclusionRule
from edge.matching.rule import holding
from edge.matching.situation import Situation

SCOPES = tuple(CapScope)


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
    may_hold = {
        known: _may_hold(rules, known) for known in product((False, True), repeat=len(SCOPES))
    }
    for offer in offers:
        held = holding(may_hold[situation.shown_before(offer)], offer, situation)
        if held:
            excluded.append(Exclusion(offer=offer.id, rule=held[0], also=held[1:]))
        else:
            eligible.append(offer)
    return Shortlist(eligible=tuple(eligible), excluded=tuple(excluded))


def _may_hold(rules: Sequence[ExclusionRule], known: Sequence[bool]) -> tuple[ExclusionRule, ...]:
    """The rules that can hold for an offer of which only these scopes were shown before."""
    shown = {scope for scope, seen in zip(SCOPES, known, strict=True) if seen}
    return tuple(one for one in rules if one.looks_at is None or one.looks_at in shown)
