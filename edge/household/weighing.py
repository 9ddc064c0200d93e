"""Gather what a decision about one need rests on."""

from datetime import datetime, timedelta

from edge.domain.appliance import Appliance
from edge.domain.consent import ConsentedNeed
from edge.domain.facts import Facts
from edge.domain.item import EvidenceKind, Item
from edge.domain.offer import Catalogue
from edge.domain.reaction import HISTORY_DAYS, History
from edge.household.home import Home
from edge.household.looking import look_at, may_infer, watched_items

USED_JUST_NOW = timedelta(minutes=5)
"""A door left open, a lamp left on: after that nobody is taken to be there."""


async def gather_facts(
    home: Home, need: ConsentedNeed, item: Item, catalogue: Catalogue | None, *, now: datetime
) -> Facts:
    """All that the rules see, but the history."""
    store = home.store
    appliances = await store.appliances()
    standing = await store.standing()
    return Facts(
        need=need,
        open=need.need in await store.needs(),
        answered=await store.settled(need.need.id),
        standing=standing.id if standing else None,
        preferences=await store.preferences(),
        surfaces=tuple(surface for one in appliances for surface in one.surfaces),
        in_use=frozenset([one.id for one in appliances if await _in_use(home, one, now)]),
        enough_elsewhere=await _enough_elsewhere(home, item, now),
        region=home.region,
        storage_healthy=await store.healthy(),
        catalogue_until=catalogue.expires_at if catalogue else None,
        package=item.package,
        unit=item.unit,
        now=now,
    )


async def remembered(home: Home, *, now: datetime) -> History:
    """What was shown as long ago as the rules look back."""
    return await home.store.history(since=now - timedelta(days=HISTORY_DAYS))


async def _in_use(home: Home, appliance: Appliance, now: datetime) -> bool:
    """Whether one of its states (a door, a lamp) says so; without KEEP no state is known."""
    for item in appliance.items:
        if item.evidence is EvidenceKind.CONTEXT:
            told = await home.store.readings(item.id, since=now - USED_JUST_NOW)
            if told and told[-1].value > 0:
                return True
    return False


async def _enough_elsewhere(home: Home, item: Item, now: datetime) -> bool:
    """Whether another item of the same category, that may be looked at, is in no need."""
    grants = await home.store.grants(now=now)
    for other in await watched_items(home):
        if other.id != item.id and other.category == item.category and may_infer(other, grants):
            seen = await look_at(home, other, now=now)
            if seen.estimate and seen.estimate.left > 0 and seen.need is None:
                return True
    return False
