"""The whole story on one page: reading -> stock -> need -> consent -> offer -> placement.

Calls only go down. Each way ends in a `Placement` or in a `Silence` that says why; what goes wrong
(a StoreError, an UntrustedCatalogueError) is raised and means: no offer. The reaction that comes
back is told in household/reacting.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from edge.domain.appliance import Surface
from edge.domain.consent import ConsentedNeed, Grants, Purpose
from edge.domain.item import Item, ItemId
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import Catalogue, Offer
from edge.domain.placement import Decision, Placement, Silence, Step
from edge.domain.reaction import HISTORY_DAYS
from edge.domain.reading import Reading
from edge.domain.story import Kept, Reviewed
from edge.household.home import Home, clear_what_is_over
from edge.household.looking import look_at, may_infer, watched_items
from edge.matching.eligibility import shortlist_offers
from edge.matching.permission_rules import refusing_rule
from edge.matching.placement import fitting_surfaces
from edge.matching.ranking import rank_offers
from edge.matching.situation import Situation
from edge.needs.outlook import Outlook

SHOWN_FOR = timedelta(hours=6)
"""An offer nobody answered goes by itself: between breakfast and supper it has been seen."""


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
            self.home.teller.tell(Kept(device=readings[0].device, count=count))

    async def _review(self, item: Item, grants: Grants, now: datetime) -> None:
        """One item: what is left, whether that is a need, whether to offer something."""
        if not may_infer(item, grants):
            unseen = Outlook(estimate=None, need=None, reason="inferring_not_allowed")
            await self._conclude(item, unseen, self._silent(item, now, Step.INFER, unseen.reason))
            return
        seen = await look_at(self.home, item, now=now)
        await self._open_or_close(item, seen, now)
        standing = await self.home.store.standing()
        if seen.need is None:
            await self._conclude(item, seen, self._silent(item, now, Step.NEED, seen.reason))
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

    async def _decide(self, item: Item, need: Need, grants: Grants, now: datetime) -> Decision:
        """From a need to an offer, or to the reason why not."""
        if await self.home.store.settled(need.id):
            return self._silent(item, now, Step.NEED, "answered_already", need)
        consented = ConsentedNeed.under(need, grants)
        if consented is None:
            return self._silent(item, now, Step.CONSENT, "offers_not_allowed", need)
        situation = await self._situation(consented, now)
        refusal = refusing_rule(situation)
        if refusal:
            return self._silent(item, now, Step.PERMISSION, refusal, need)
        catalogue = await self.home.shelf.newest(now=now)
        if catalogue is None:
            return self._silent(item, now, Step.CATALOGUE, "no_valid_catalogue", need)
        return self._choose(item, catalogue, situation)

    async def _situation(self, need: ConsentedNeed, now: datetime) -> Situation:
        store = self.home.store
        return Situation(
            need=need,
            standing=await store.standing(),
            history=await store.history(since=now - timedelta(days=HISTORY_DAYS)),
            preferences=await store.preferences(),
            surfaces=tuple(s for a in await store.appliances() for s in a.surfaces),
            now=now,
        )

    def _choose(self, item: Item, catalogue: Catalogue, situation: Situation) -> Decision:
        """The best eligible offer on its best surface, with the verdict on every other."""
        need = situation.need.need
        shortlist = shortlist_offers(catalogue, situation)
        ranked = rank_offers(shortlist.eligible, need)
        silence = self._silent(item, situation.now, Step.OFFER, "no_offer_fits", need)
        return replace(
            silence,
            outcome=self._place(ranked[0][0], situation) if ranked else silence.outcome,
            catalogue=catalogue.digest,
            scores=tuple((offer.id, score) for offer, score in ranked),
            excluded=shortlist.excluded,
            other_categories=shortlist.other_categories,
        )

    def _place(self, offer: Offer, situation: Situation) -> Placement:
        surface: Surface = fitting_surfaces(offer, situation)[0]
        need = situation.need.need
        return Placement(
            id=PlacementId(f"p-{self.home.new_id()}"),
            surface=surface.name,
            device=surface.device,
            offer=offer,
            need=need.id,
            item=need.item,
            shown_at=situation.now,
            until=min(situation.now + SHOWN_FOR, offer.flight_end, need.valid_until),
        )

    async def _conclude(self, item: Item, seen: Outlook, decision: Decision) -> None:
        """Keep the decision, show what it chose, tell what came of it."""
        news = self._told.get(item.id) != decision.outcome
        self._told[item.id] = decision.outcome
        if news:
            await self.home.store.add_decision(decision)
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
        return Decision(
            id=DecisionId(f"d-{self.home.new_id()}"),
            at=now,
            item=item.id,
            category=item.category,
            outcome=Silence(step=step, reason=reason),
            need=need.id if need else None,
            probability=need.probability if need else None,
        )


def _item_id(reading: Reading) -> ItemId:
    return ItemId(device=reading.device, name=reading.name)


def _may_keep(reading: Reading, items: Mapping[ItemId, Item], grants: Grants) -> bool:
    item = items.get(_item_id(reading))
    return item is not None and bool(grants.allowing(Purpose.KEEP, item.data, reading.device))
