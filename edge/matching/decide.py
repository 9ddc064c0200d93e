"""One decision, as a pure function of what is known: the same inputs give the same bytes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from edge.domain.item import Item
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import Candidates, Offer
from edge.domain.placement import TRACE_MOST, Decision, Exclusion, Placement, Silence, Step
from edge.matching.eligibility import shortlist_offers
from edge.matching.exclusion_rules import EXCLUSION_RULES, ExclusionRule
from edge.matching.permission_rules import PERMISSION_RULES, PermissionRule
from edge.matching.placement import fitting_surfaces, judge_surfaces
from edge.matching.ranking import rank_offers
from edge.matching.rule import UNSURE, holding
from edge.matching.situation import Situation

SHOWN_FOR = timedelta(hours=6)
"""An offer nobody answered goes by itself: between breakfast and supper it has been seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The names that a decision and its placement, if it makes one, will have."""

    decision: DecisionId
    placement: PlacementId


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules that are asked; a what-if leaves some out."""

    permission: tuple[PermissionRule, ...] = PERMISSION_RULES
    exclusion: tuple[ExclusionRule, ...] = EXCLUSION_RULES

    @property
    def names(self) -> set[str]:
        """Every rule's."""
        return {one.name for one in self.permission} | {one.name for one in self.exclusion}

    def without(self, names: Sequence[str]) -> "Rulebook":
        """The same without these."""
        return Rulebook(
            permission=tuple(one for one in self.permission if one.name not in names),
            exclusion=tuple(one for one in self.exclusion if one.name not in names),
        )


ALL_RULES = Rulebook()

PROMISES = frozenset(
    {"consent_ended", "need_closed", "other_need", "unlabelled", "no_surface_fits"}
)
"""No what-if leaves these out: there would be nothing left to ask about."""


def ended_early(
    item: Item, silence: Silence, need: Need | None, *, at: datetime, key: DecisionId
) -> Decision:
    """A decision that ended before any rule was asked."""
    return Decision(
        id=key,
        at=at,
        item=item.id,
        category=item.category,
        outcome=silence,
        need=need.id if need else None,
        probability=need.probability if need else None,
    )


def decide(
    situation: Situation, candidates: Candidates, ids: Ids, *, rules: Rulebook = ALL_RULES
) -> Decision:
    """The best eligible offer on its best surface, or a silence, with every verdict."""
    against = holding(rules.permission, situation)
    asked = replace(_asked(situation, candidates, ids), against=against)
    if against:
        return replace(asked, outcome=_silence(against[0], rules))
    return _choose(asked, situation, candidates, ids, rules)


def _asked(situation: Situation, candidates: Candidates, ids: Ids) -> Decision:
    """The decision before any rule has answered."""
    need = situation.need.need
    return Decision(
        id=ids.decision,
        at=situation.now,
        item=need.item,
        category=need.category,
        outcome=Silence(step=Step.OFFER, reason="no_offer_fits"),
        need=need.id,
        probability=need.probability,
        catalogue=candidates.catalogue,
        facts=situation.facts,
        history=situation.history.mark,
    )


def _choose(
    asked: Decision, situation: Situation, candidates: Candidates, ids: Ids, rules: Rulebook
) -> Decision:
    shortlist = shortlist_offers(candidates.offers, situation, rules=rules.exclusion)
    ranked = rank_offers(shortlist.eligible, situation)
    listed = ranked[:TRACE_MOST]
    best = ranked[0][0] if ranked else None
    return replace(
        asked,
        outcome=_place(best, situation, ids) if best else asked.outcome,
        scores=tuple((offer.id, factors.score) for offer, factors in listed),
        factors=tuple(factors for _, factors in listed),
        eligible_more=len(ranked) - len(listed),
        excluded=shortlist.excluded[:TRACE_MOST],
        excluded_more=_by_rule(shortlist.excluded[TRACE_MOST:]),
        surfaces=judge_surfaces(best, situation) if best else (),
        other_categories=candidates.other_categories,
    )


def _place(offer: Offer, situation: Situation, ids: Ids) -> Placement:
    surface, need = fitting_surfaces(offer, situation)[0], situation.need.need
    return Placement(
        id=ids.placement,
        surface=surface.name,
        device=surface.device,
        offer=offer,
        need=need.id,
        item=need.item,
        shown_at=situation.now,
        until=min(situation.now + SHOWN_FOR, offer.flight_end, need.valid_until),
    )


def _silence(held: str, rules: Rulebook) -> Silence:
    steps = {one.name: one.step for one in rules.permission}
    return Silence(step=steps[held.removesuffix(UNSURE)], reason=held)


def _by_rule(excluded: Sequence[Exclusion]) -> dict[str, int]:
    return dict(Counter(one.rule for one in excluded))
