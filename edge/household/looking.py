"""Look at one item: its own readings, and what they say about what is left."""

from datetime import datetime

from edge.domain.consent import Grants, Purpose
from edge.domain.item import EvidenceKind, Item
from edge.household.home import Home
from edge.needs.outlook import Outlook, look


async def watched_items(home: Home) -> list[Item]:
    """Every item that has an amount, of every paired appliance."""
    return [
        item
        for appliance in await home.store.appliances()
        for item in appliance.items
        if item.evidence is not EvidenceKind.CONTEXT
    ]


def may_infer(item: Item, grants: Grants) -> bool:
    """Whether the household allowed working out when this item runs out."""
    return grants.allowing(Purpose.INFER, item.data, item.id.device) is not None


async def look_at(home: Home, item: Item, *, now: datetime) -> Outlook:
    """What the item's readings say."""
    return look(await home.beliefs.about(item, home.store, now=now), now=now)
