"""The whole story on one page: reading -> stock -> need -> consent -> offer -> placement.

Calls only go down. Each way ends in a `Placement` or in a `Silence` that says why; what goes wrong
(a StoreError, an UntrustedCatalogueError) is raised and means: no offer. The reaction that comes
back is told in household/reacting.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from edge.domain.consent import ConsentedNeed, Grants, Purpose
from edge.domain.item import Item, ItemId
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import NO_CANDIDATES, Candidates
from edge.domain.placement import Decision, Placement, Silence, Step
from edge.domain.reading import Reading
from edge.domain.story import Kept, Reviewed
from edge.household.home import Home, clear_what_is_over
from edge.household.looking import look_at, may_infer, watched_items
from edge.household.weighing import gather_facts, remembered
from edge.matching.decide import Ids, decide, ended_early
from edge.matching.situation import Situation
from edge.needs.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision, and the offers it looked at."""

    decision: Decision
    candidates: Candidates = NO_CANDIDATES


@dataclass(slots=True, kw_only=True)
class Flow:
    """The way of a datum through the house; one decision at a time (`home.turn`)."""

    home: Home
    _told: dict[ItemId, Placement | Silence] = field(default_factory=dict)
    """Each item's last outcome: only a change is kept as a decision and told as news."""

    async def on_readings(self, readings: Sequence[Reading]) -> None:
        """Keep what may be kept, then look at each item it was about."""
        async with self.home.turn:
            now = self.home.clock.now()
            grants = await self.home.store.grants(now=now)
            items = {item.id: item for item in await watched_items(self.home)}
            kept = [reading for reading in readings if _may_keep(reading, items, grants)]
            await self._keep(kept)
            for key in sorted({_item_id(reading) for reading in readings} & items.keys()):
                await self._review(items[key], grants, now)

    async def look_around(self) -> None:
        """Look at every item anew: time passes, grants and choices change."""
        async with self.home.turn:
            now = self.home.clock.now()
            await clear_what_is_over(self.home, now=now)
            grants = await self.home.store.grants(now=now)
            for item in await watched_items(self.home):
                await self._review(item, grants, now)

    async def _keep(self, readings: Sequence[Reading]) -> None:
        if readings:
            count = await self.home.store.add_readings(readings)
            self.home.beliefs.hear(readings)
            self.home.teller.tell(Kept(device=readings[0].device, count=count))

    async def _review(self, item: Item, grants: Grants, now: datetime) -> None:
        """One item: what is left, whether that is a need, whether to offer something."""
        if not may_infer(item, grants):
            unseen = Outlook(estimate=None, need=None, reason="inferring_not_allowed")
            silent = self._silent(item, now, Step.INFER, unseen.reason)
            await self._conclude(item, unseen, Outcome(silent))
            return
        seen = await look_at(self.home, item, now=now)
        await self._open_or_close(item, seen, now)
        standing = await self.home.store.standing()
        if seen.need is None:
            silent = self._silent(item, now, Step.NEED, seen.reason)
            await self._conclude(item, seen, Outcome(silent))
        elif standing and standing.need == seen.need.id:
            self._tell(item, seen, standing, news=False)
        else:
            await self._conclude(item, seen, await self._decide(item, seen.need, grants, now))

    async def _open_or_close(self, item: Item, seen: Outlook, now: datetime) -> None:
        """Keep the need while there is one; a need that is met takes its offer with it."""
        if seen.need:
            await self.home.store.put_need(seen.need)
        else:
            await self.home.store.close_need(item.id)
            await clear_what_is_over(self.home, now=now)

    async def _decide(self, item: Item, need: Need, grants: Grants, now: datetime) -> Outcome:
        """From a need to an offer, or to the reason why not."""
        consented = ConsentedNeed.under(need, grants)
        if consented is None:
            return Outcome(self._silent(item, now, Step.CONSENT, "offers_not_allowed", need))
        catalogue = await self.home.shelf.newest(now=now)
        facts = await gather_facts(self.home, consented, item, catalogue, now=now)
        history = await remembered(self.home, now=now)
        situation = Situation.of(facts, history=history, dice=self.home.dice)
        candidates = catalogue.candidates(item.category) if catalogue else NO_CANDIDATES
        return Outcome(decide(situation, candidates, self._ids()), candidates)

    def _ids(self) -> Ids:
        new_id = self.home.new_id
        return Ids(decision=DecisionId(f"d-{new_id()}"), placement=PlacementId(f"p-{new_id()}"))

    async def _conclude(self, item: Item, seen: Outlook, came: Outcome) -> None:
        """Keep the decision, show what it chose, tell what came of it."""
        decision = came.decision
        news = self._told.get(item.id) != decision.outcome
        self._told[item.id] = decision.outcome
        if news:
            await self.home.store.add_decision(decision, candidates=came.candidates)
        if isinstance(decision.outcome, Placement):
            language = (await self.home.store.preferences()).language
            await self.home.surfaces.show(decision.outcome, language=language)
        self._tell(item, seen, decision.outcome, news=news)

    def _tell(self, item: Item, seen: Outlook, outcome: Placement | Silence, *, news: bool) -> None:
        self.home.teller.tell(
            Reviewed(item=item, estimate=seen.estimate, need=seen.need, outcome=outcome, news=news)
        )

    def _silent(
        self, item: Item, now: datetime, step: Step, reason: str, need: Need | None = None
    ) -> Decision:
        silence = Silence(step=step, reason=reason)
        key = DecisionId(f"d-{self.home.new_id()}")
        return ended_early(item, silence, need, at=now, key=key)


def _item_id(reading: Reading) -> ItemId:
    return ItemId(device=reading.device, name=reading.name)


def _may_keep(reading: Reading, items: Mapping[ItemId, Item], grants: Grants) -> bool:
    item = items.get(_item_id(reading))
    return item is not None and bool(grants.allowing(Purpose.KEEP, item.data, reading.device))
