"""Answer an offer. Each answer takes it off its surface and acts exactly."""

from dataclasses import replace

from edge.domain.measures import PlacementId
from edge.domain.placement import Placement
from edge.domain.reaction import SETTLING, Reaction, ReactionKind
from edge.domain.story import Reacted
from edge.household.home import Home, take_away


async def react(home: Home, reaction: Reaction) -> bool:
    """Take one answer to one placement.

    Returns:
        False when the placement is unknown or already answered; then nothing changed.
    """
    async with home.turn:
        placement = await _placement(home, reaction.placement)
        if placement is None:
            return False
        settles = placement.need if reaction.kind in SETTLING else None
        noted = replace(reaction, noted_at=home.clock.now())
        if not await home.store.add_reaction(noted, closes=settles):
            return False
        if reaction.kind is ReactionKind.NOT_ME:
            await home.store.forget_readings(placement.item)
            home.beliefs.forget(placement.item)
            await home.store.close_need(placement.item)
        home.teller.tell(Reacted(placement=placement, kind=reaction.kind))
        await take_away(home, placement, reason="answered")
        return True


async def _placement(home: Home, key: PlacementId) -> Placement | None:
    decision = await home.store.decision(key)
    if decision is None or not isinstance(decision.outcome, Placement):
        return None
    return decision.outcome
