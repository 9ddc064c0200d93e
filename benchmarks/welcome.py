"""Are offers welcome? Seeded households with hidden tastes, and four ways to choose for them.

    python -m benchmarks.welcome [--json] [--households 200] [--days 180]

Each household runs out of eight things in its own rhythm and answers six placements in ten by its
hidden taste. All policies obey the same caps, cool-downs and pauses; only the learned one also
knows what was welcome (ranking, `unwelcome`, `annoyance_budget_spent`, surface by welcome). The
baselines choose a random eligible offer, the highest price cut, or anything for the most urgent
need, on a random surface. Regret is against a chooser who knows the tastes, in the same situation:
a placement is worth its chance of being welcome less that of not being so, silence nothing.
"""

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from benchmarks.offer_world import NOON, a_consented_need, a_surface, some_facts
from benchmarks.welcome_homes import SURFACES, WEEK, Household, a_household, catalogue_of_week
from edge.domain.category import CategoryName
from edge.domain.measures import DecisionId, EuroCents, NeedId, PlacementId
from edge.domain.offer import Candidates, Offer
from edge.domain.placement import Placement
from edge.domain.reaction import DISMISSALS, SETTLING, History, Impression, ReactionKind
from edge.matching.decide import ALL_RULES, Ids, decide
from edge.matching.dice import Dice
from edge.matching.eligibility import shortlist_offers
from edge.matching.placement import fitting_surfaces
from edge.matching.rule import holding
from edge.matching.situation import Situation

PLACES = tuple(a_surface(name) for name in SURFACES)
HOURS = (7, 10, 13, 17)
"""Local hours of the day's one opportunity, in turn by dice: outside quiet hours."""

OBEYED = ALL_RULES.without(["unwelcome", "annoyance_budget_spent"])
"""What every policy obeys: everything but what was learned."""


@dataclass(frozen=True)
class Opportunity:
    """One need at one instant: what may be shown for it."""

    situation: Situation
    offers: tuple[Offer, ...]

    @cached_property
    def eligible(self) -> tuple[Offer, ...]:
        """What no rule but the learned ones keeps out."""
        if holding(OBEYED.permission, self.situation):
            return ()
        return shortlist_offers(self.offers, self.situation, rules=OBEYED.exclusion).eligible


Policy = Callable[[Sequence[Opportunity], random.Random], Placement | None]


def learned(opportunities: Sequence[Opportunity], dice: random.Random) -> Placement | None:
    """The product: the first need, in order, for which the decision is an offer."""
    del dice  # it has its own
    for one in opportunities:
        ids = Ids(decision=DecisionId("d-1"), placement=PlacementId("p-1"))
        candidates = Candidates(catalogue="ab", offers=one.offers, other_categories={})
        outcome = decide(one.situation, candidates, ids).outcome
        if isinstance(outcome, Placement):
            return outcome
    return None


def random_eligible(opportunities: Sequence[Opportunity], dice: random.Random) -> Placement | None:
    """Any eligible offer for any need."""
    options = [(one, offer) for one in opportunities for offer in one.eligible]
    return _placed(*dice.choice(options), dice) if options else None


def highest_price_cut(
    opportunities: Sequence[Opportunity], dice: random.Random
) -> Placement | None:
    """The largest share of the price, for any need."""
    options = [(one, offer) for one in opportunities for offer in one.eligible]
    best = max(options, key=lambda pair: pair[1].saving / pair[1].price_before, default=None)
    return _placed(*best, dice) if best else None


def most_urgent_need(opportunities: Sequence[Opportunity], dice: random.Random) -> Placement | None:
    """Any eligible offer for what runs out first."""
    for one in sorted(opportunities, key=lambda one: -one.situation.need.need.probability):
        if one.eligible:
            return _placed(one, dice.choice(one.eligible), dice)
    return None


POLICIES: dict[str, Policy] = {
    "learned": learned,
    "random_eligible": random_eligible,
    "highest_price_cut": highest_price_cut,
    "most_urgent_need": most_urgent_need,
}


def _placed(one: Opportunity, offer: Offer, dice: random.Random) -> Placement:
    surface = dice.choice(fitting_surfaces(offer, one.situation))
    need = one.situation.need.need
    return Placement(
        id=PlacementId("p-1"),
        surface=surface.name,
        device=surface.device,
        offer=offer,
        need=need.id,
        item=need.item,
        shown_at=one.situation.now,
        until=one.situation.now + timedelta(hours=6),
    )


@dataclass
class Tally:
    """What came of a policy, over all households and days."""

    placements: int = 0
    answered: int = 0
    welcomed: int = 0
    repeats: int = 0
    saved: int = 0
    regret: float = 0.0
    gladness: float = 0.0

    def figures(self, home_days: int) -> dict[str, float]:
        """As they are printed; `money_saved` is in euros per household and 180 days."""
        shown = max(1, self.placements)
        return {
            "welcome_share": round(self.welcomed / max(1, self.answered), 3),
            "true_welcome": round(self.gladness / shown, 3),
            "placements_per_day": round(self.placements / home_days, 3),
            "repeats_after_dismissal": self.repeats,
            "money_saved": round(self.saved / 100 / home_days * 180, 2),
            "regret": round(self.regret / home_days, 4),
        }


@dataclass
class Life:
    """One household under one policy."""

    household: Household
    policy: Policy
    tally: Tally
    shown: list[Impression] = field(default_factory=list)
    settled: set[NeedId] = field(default_factory=set)

    def live(self, days: int) -> None:
        """Day after day: one opportunity, at most one placement, at most one answer."""
        for day in range(days):
            dice = random.Random(f"{self.household.number} {day}")
            midnight = self.household.preferences.start_of_day(NOON + day * timedelta(days=1))
            at = (midnight + timedelta(hours=dice.choice(HOURS))).astimezone(NOON.tzinfo)
            opportunities = self._opportunities(day, at)
            chosen = self.policy(opportunities, dice) if opportunities else None
            self._note(opportunities, chosen)
            if chosen:
                self._show(chosen)

    def _opportunities(self, day: int, at: datetime) -> list[Opportunity]:
        history, offers = History(impressions=tuple(self.shown)), WEEKS[day // WEEK.days]
        dice = Dice(key=str(self.household.number).encode())
        found = []
        for category, times, sure in self.household.open_needs(day):
            name = f"{category}-{times}"
            if name in self.settled:
                continue
            need = a_consented_need(category, now=at, probability=sure, name=name)
            facts = replace(some_facts(category, now=at), need=need, surfaces=PLACES)
            situation = Situation.of(facts, history=history, dice=dice)
            found.append(Opportunity(situation, offers[category]))
        return found

    def _note(self, opportunities: Sequence[Opportunity], chosen: Placement | None) -> None:
        worths = [
            2 * self.household.gladness(offer, place.name, one.situation.now) - 1
            for one in opportunities
            for offer in one.eligible
            for place in PLACES
        ]
        got = self._gladness(chosen) * 2 - 1 if chosen else 0.0
        self.tally.regret += max(0.0, *worths, got) - got if worths else -min(0.0, got)

    def _gladness(self, chosen: Placement) -> float:
        return self.household.gladness(chosen.offer, chosen.surface, chosen.shown_at)

    def _show(self, chosen: Placement) -> None:
        answer = self.household.answer(chosen)
        self.tally.placements += 1
        self.tally.gladness += self._gladness(chosen)
        self.tally.answered += answer is not None
        self.tally.repeats += self._repeats(chosen)
        impression = _impression(chosen, answer, len(self.shown))
        self.tally.welcomed += impression.welcomed
        self.tally.saved += chosen.offer.saving if answer is ReactionKind.SAVE else 0
        if answer in SETTLING:
            self.settled.add(chosen.need)
        self.shown.append(impression)

    def _repeats(self, chosen: Placement) -> bool:
        """Whether this offer, or anything on that day, was dismissed before."""
        return any(
            one.reaction in DISMISSALS
            and (one.offer == chosen.offer.id or one.shown_at.date() == chosen.shown_at.date())
            and chosen.shown_at - one.shown_at < timedelta(hours=48)
            for one in self.shown
        )


def _impression(chosen: Placement, answer: ReactionKind | None, number: int) -> Impression:
    offer = chosen.offer
    return Impression(
        placement=PlacementId(f"p-{number}"),
        offer=offer.id,
        line_item=offer.line_item,
        campaign=offer.campaign,
        sponsor=offer.label.sponsor,
        category=offer.category,
        need=chosen.need,
        surface=chosen.surface,
        device=chosen.device,
        shown_at=chosen.shown_at,
        reaction=answer,
        saving=EuroCents(offer.saving),
    )


WEEKS: dict[int, dict[CategoryName, tuple[Offer, ...]]] = {}


def simulated(households: int, days: int) -> dict[str, dict[str, float]]:
    """Every policy's figures."""
    WEEKS.update({week: catalogue_of_week(week) for week in range(days // WEEK.days + 1)})
    figures = {}
    for name, policy in POLICIES.items():
        tally = Tally()
        for number in range(households):
            Life(a_household(number), policy, tally).live(days)
        figures[name] = tally.figures(households * days)
    return figures


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--households", type=int, default=200)
    parser.add_argument("--days", type=int, default=180)
    given = parser.parse_args()
    figures = simulated(given.households, given.days)
    if given.json:
        print(json.dumps(figures))
        return
    for name, told in figures.items():
        print(name, *(f"{key}={value}" for key, value in told.items()))


if __name__ == "__main__":
    main()
