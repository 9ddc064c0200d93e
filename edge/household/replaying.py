"""Make a past decision again: same inputs, same bytes; or see what another rule would have done.

What the rules saw is kept with the decision; the history is brought back to the state it had then,
and the home's dice fall as they fell. A decision that ended before any rule was asked is made again
from the readings and grants of that time.
"""

from collections.abc import Sequence

import msgspec

from edge.domain.consent import ConsentedNeed, Grants
from edge.domain.item import Item
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import NO_CANDIDATES
from edge.domain.placement import Decision, Placement, Silence, Step
from edge.domain.replay import Obstacle, Replay
from edge.errors import RefusedError
from edge.household.beliefs import LOOKBACK
from edge.household.home import Home
from edge.household.looking import may_infer, watched_items
from edge.household.weighing import remembered
from edge.matching.decide import ALL_RULES, PROMISES, Ids, decide, ended_early
from edge.matching.situation import Situation
from edge.needs.outlook import outlook


def bits(decision: Decision) -> bytes:
    """A decision as bytes, always the same for the same one."""
    return msgspec.json.encode(decision, order="deterministic")


async def replay(
    home: Home, key: DecisionId | PlacementId, *, without: Sequence[str] = ()
) -> Replay | None:
    """Make the decision of that id, or behind that placement, again; None if it is unknown.

    Raises:
        RefusedError: A rule to leave out is unknown, or is a promise.
    """
    _refuse_promises(without)
    recorded = await home.store.decision(key)
    if recorded is None:
        return None
    again = await (_from_rules if recorded.facts else _from_readings)(home, recorded, without)
    left_out = tuple(without)
    if isinstance(again, Obstacle):
        return Replay(recorded=recorded, again=None, same=False, obstacle=again, without=left_out)
    same = bits(again) == bits(recorded)
    return Replay(recorded=recorded, again=again, same=same, without=left_out)


def _refuse_promises(without: Sequence[str]) -> None:
    if not set(without) <= ALL_RULES.names:
        raise RefusedError("what-if", "names no rule (see docs/rules.md)")
    if set(without) & PROMISES:
        raise RefusedError("what-if", "this rule is a promise and is never left out")


async def _from_rules(
    home: Home, recorded: Decision, without: Sequence[str]
) -> Decision | Obstacle:
    facts, mark = recorded.facts, recorded.history
    if facts is None or mark is None:
        return Obstacle.HISTORY_FORGOTTEN
    history = (await remembered(home, now=recorded.at)).back_at(mark, at=recorded.at)
    if history is None:
        return Obstacle.HISTORY_FORGOTTEN
    candidates = NO_CANDIDATES
    if recorded.catalogue:
        kept = await home.store.candidates(recorded.catalogue, recorded.category)
        if kept is None:
            return Obstacle.CATALOGUE_LET_GO
        candidates = kept
    situation = Situation.of(facts, history=history, dice=home.dice)
    return decide(situation, candidates, _ids(recorded), rules=ALL_RULES.without(without))


async def _from_readings(
    home: Home, recorded: Decision, without: Sequence[str]
) -> Decision | Obstacle:
    """Before any rule: may it be inferred, is there a need, may there be offers?"""
    del without  # no rule was asked
    item = next((one for one in await watched_items(home) if one.id == recorded.item), None)
    if item is None:
        return Obstacle.APPLIANCE_FORGOTTEN
    grants = Grants(await home.store.grant_history(), now=recorded.at)
    if not may_infer(item, grants):
        return _silent(item, recorded, Step.INFER, "inferring_not_allowed")
    kept = await home.store.readings(item.id, since=recorded.at - LOOKBACK)
    seen = outlook(item, [one for one in kept if one.time <= recorded.at], now=recorded.at)
    if seen.need is None:
        return _silent(item, recorded, Step.NEED, seen.reason)
    if ConsentedNeed.under(seen.need, grants) is None:
        return _silent(item, recorded, Step.CONSENT, "offers_not_allowed", seen.need)
    return Obstacle.HISTORY_FORGOTTEN


def _silent(
    item: Item, recorded: Decision, step: Step, reason: str, need: Need | None = None
) -> Decision:
    silence = Silence(step=step, reason=reason)
    return ended_early(item, silence, need, at=recorded.at, key=recorded.id)


def _ids(recorded: Decision) -> Ids:
    """The names it had; a placement that never was gets the decision's."""
    outcome = recorded.outcome
    placed = outcome.id if isinstance(outcome, Placement) else PlacementId(f"p-{recorded.id}")
    return Ids(decision=recorded.id, placement=placed)
