"""The home's ports in one hand, and the rule that one thing happens at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from edge.domain.appliance import Surface
from edge.domain.consent import Grants, Purpose
from edge.domain.placement import Placement
from edge.domain.story import Cleared
from edge.household.beliefs import Beliefs
from edge.matching.dice import Dice
from edge.ports import (
    CatalogueShelf,
    Clock,
    EgressLedger,
    Pairing,
    Store,
    Subscription,
    Surfaces,
    Teller,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Everything an act may need.

    Attributes:
        new_id: Draws a random name, at most 16 characters.
        dice: This home's own; they fall the same way again when a decision is replayed.
        region: Where the home is, as coarse as the catalogue knows regions.
        beliefs: What was learnt of each item so far.
        turn: Held by each act and each decision: a withdrawal never overlaps a decision.
    """

    clock: Clock
    store: Store
    shelf: CatalogueShelf
    surfaces: Surfaces
    subscription: Subscription
    ledger: EgressLedger
    pairing: Pairing
    teller: Teller
    new_id: Callable[[], str]
    dice: Dice
    region: str
    beliefs: Beliefs = field(default_factory=Beliefs)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


async def clear_what_is_over(home: Home, *, now: datetime) -> None:
    """Take the standing placement off its surface if it may not stand any longer.

    A placement never outlives its time, its grant, its need or the household's patience. The
    caller holds `home.turn`.
    """
    standing = await home.store.standing()
    reason = await _why_over(home, standing, now) if standing else None
    if standing and reason:
        await take_away(home, standing, reason=reason)


async def take_away(home: Home, placement: Placement, *, reason: str) -> None:
    """End the placement, first on disk, then on its surface; the caller holds `home.turn`."""
    await home.store.end_placement(placement.id)
    surface = await _surface_of(home, placement)
    if surface:
        await home.surfaces.clear(surface)
    home.teller.tell(Cleared(placement=placement, reason=reason))


async def _why_over(home: Home, placement: Placement, now: datetime) -> str | None:
    grants = await home.store.grants(now=now)
    preferences = await home.store.preferences()
    needs = {need.id for need in await home.store.needs()}
    over = {
        "time_is_up": now >= placement.until,
        "consent_withdrawn": not _may_stand(placement, grants),
        "need_closed": placement.need not in needs,
        "paused": preferences.paused_until is not None and now < preferences.paused_until,
        "surface_switched_off": placement.surface in preferences.blocked_surfaces,
    }
    return next((reason for reason, holds in over.items() if holds), None)


def _may_stand(placement: Placement, grants: Grants) -> bool:
    data = placement.offer.data
    return grants.allowing(Purpose.OFFER, data, placement.item.device) is not None


async def _surface_of(home: Home, placement: Placement) -> Surface | None:
    """None when the appliance was forgotten in the meantime."""
    return next(
        (
            surface
            for appliance in await home.store.appliances()
            for surface in appliance.surfaces
            if (surface.device, surface.name) == (placement.device, placement.surface)
        ),
        None,
    )
