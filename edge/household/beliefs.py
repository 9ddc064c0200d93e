"""What was learnt of each item, kept between readings: a reading costs one step, not a refold.

A cache and nothing more: whatever is missing or no longer fits is folded anew from the store.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from edge.domain.item import Item, ItemId
from edge.domain.measures import DeviceId
from edge.domain.reading import Reading
from edge.needs.belief import Belief, fold, learn
from edge.ports import Store

LOOKBACK = timedelta(days=60)
"""As far as the wire lets a late reading reach back (docs/wire/README.md)."""


@dataclass(slots=True)
class Beliefs:
    """Each item's belief, by item."""

    _kept: dict[ItemId, Belief] = field(default_factory=dict)

    def hear(self, readings: Iterable[Reading]) -> None:
        """Learn from readings that the store has just kept; a late one makes us start over."""
        for reading in sorted(readings, key=lambda one: one.time):
            item = ItemId(device=reading.device, name=reading.name)
            belief = self._kept.get(item)
            if belief and (belief.as_of is None or reading.time > belief.as_of):
                self._kept[item] = learn(belief, reading)
            else:
                self.forget(item)

    def forget(self, item: ItemId) -> None:
        """Its readings are gone or were corrected."""
        self._kept.pop(item, None)

    def forget_device(self, device: DeviceId) -> None:
        """The appliance is forgotten, and all that was learnt from it."""
        self._kept = {item: kept for item, kept in self._kept.items() if item.device != device}

    async def about(self, item: Item, store: Store, *, now: datetime) -> Belief:
        """The belief as the store's readings make it."""
        kept = self._kept.get(item.id)
        if kept is None or kept.item != item:
            readings = await store.readings(item.id, since=now - LOOKBACK)
            kept = fold(item, [one for one in readings if one.time <= now], ())
            self._kept[item.id] = kept
        return kept
