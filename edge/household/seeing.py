"""See what is going on: what runs low, the offer and why, what is off, what left the home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from edge.domain.appliance import Appliance
from edge.domain.consent import Grants, Purpose
from edge.domain.egress import EgressSummary
from edge.domain.household import Preferences
from edge.domain.item import Item
from edge.domain.measures import DecisionId, DeviceId, ItemName, PlacementId, SurfaceName
from edge.domain.need import Need
from edge.domain.placement import Decision, Placement
from edge.domain.reading import Reading
from edge.domain.stock import StockEstimate
from edge.household.beliefs import LOOKBACK
from edge.household.home import Home
from edge.household.looking import look_at, may_infer, watched_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One item as the page shows it.

    Attributes:
        estimate: None where too little is known.
        need: The open need; None when there is none.
    """

    item: Item
    estimate: StockEstimate | None
    need: Need | None

    @property
    def gone_at(self) -> datetime:
        """When it is likely to be gone; the end of time when nobody can say."""
        known = self.estimate.run_out if self.estimate else None
        return known.likely if known else datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day at one glance.

    Attributes:
        watched: Every item that may be inferred from, soonest gone first.
        standing: The offer that is shown now; None when none is.
        decision: The decision behind it.
        latest: The newest decision of any outcome: why there is nothing, if there is nothing.
        offers_allowed: Whether offers are on for anything at all.
        left: What left the home so far.
    """

    now: datetime
    watched: tuple[Watched, ...]
    standing: Placement | None
    decision: Decision | None
    latest: Decision | None
    offers_allowed: bool
    left: EgressSummary
    preferences: Preferences


async def today(home: Home) -> Today:
    """What the first page says."""
    now = home.clock.now()
    grants = await home.store.grants(now=now)
    standing = await home.store.standing()
    latest = await home.store.decisions(limit=1)
    return Today(
        now=now,
        watched=await _watched(home, grants, now),
        standing=standing,
        decision=await home.store.decision(standing.id) if standing else None,
        latest=latest[0] if latest else None,
        offers_allowed=grants.allow_anywhere(Purpose.OFFER),
        left=await home.ledger.summary(),
        preferences=await home.store.preferences(),
    )


async def explain(home: Home, key: DecisionId | PlacementId | None = None) -> Decision | None:
    """The decision of that id or behind that placement; the newest without a key."""
    if key is not None:
        return await home.store.decision(key)
    newest = await home.store.decisions(limit=1)
    return newest[0] if newest else None


async def newest_decisions(home: Home, *, limit: int = 50) -> Sequence[Decision]:
    """The newest decisions, newest first."""
    return await home.store.decisions(limit=limit)


async def levels(home: Home, item: Item, *, since: datetime) -> Sequence[Reading]:
    """The item's kept readings at or after `since`, in time order: its picture's past."""
    return await home.store.readings(item.id, since=since)


async def readings_kept(home: Home, appliance: Appliance) -> dict[ItemName, int]:
    """How many readings of the last 60 days are kept of each item, by the item's name."""
    since = home.clock.now() - LOOKBACK
    return {
        item.id.name: len(await home.store.readings(item.id, since=since))
        for item in appliance.items
    }


async def surface_names(home: Home, device: DeviceId) -> list[SurfaceName]:
    """Where one appliance can show something."""
    appliances = await home.store.appliances()
    return [s.name for one in appliances if one.id == device for s in one.surfaces]


async def _watched(home: Home, grants: Grants, now: datetime) -> tuple[Watched, ...]:
    needs = {need.item: need for need in await home.store.needs()}
    seen = [
        Watched(
            item=item,
            estimate=(await look_at(home, item, now=now)).estimate,
            need=needs.get(item.id),
        )
        for item in await watched_items(home)
        if may_infer(item, grants)
    ]
    return tuple(sorted(seen, key=lambda one: (one.gone_at, one.item.id)))
