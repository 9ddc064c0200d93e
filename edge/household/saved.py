"""What people kept for later: saved offers stay until they expire, and say so before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from edge.domain.measures import PlacementId
from edge.domain.placement import Placement
from edge.domain.reaction import Impression, ReactionKind
from edge.household.home import Home
from edge.household.weighing import remembered

NOTICE = timedelta(days=2)
"""Time for one more walk to the shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One saved offer.

    Attributes:
        placement: Where it was saved from, with the offer and its coupon.
        expires_soon: Whether it can be used for less than two days more.
        redeemed_at: When it was used, UTC; None while it was not.
    """

    placement: Placement
    expires_soon: bool
    redeemed_at: datetime | None


async def saved_offers(home: Home) -> list[Saved]:
    """Everything saved that can still be used, the first to expire first."""
    now = home.clock.now()
    history = await remembered(home, now=now)
    kept = [one for one in history.impressions if one.reaction is ReactionKind.SAVE]
    found = [await _saved(home, one, now) for one in kept]
    return sorted((one for one in found if one), key=lambda one: one.placement.offer.flight_end)


async def redeem(home: Home, placement: PlacementId) -> bool:
    """Note that a saved offer was used; nothing of it leaves the home.

    Returns:
        False when the placement is unknown or was used already; then nothing changed.
    """
    async with home.turn:
        return await home.store.redeem(placement, at=home.clock.now())


async def _saved(home: Home, one: Impression, now: datetime) -> Saved | None:
    """None once it has expired, or when the decision behind it was let go."""
    decision = await home.store.decision(one.placement)
    if decision is None or not isinstance(decision.outcome, Placement):
        return None
    left = decision.outcome.offer.flight_end - now
    if left <= timedelta(0):
        return None
    return Saved(
        placement=decision.outcome, expires_soon=left < NOTICE, redeemed_at=one.redeemed_at
    )
