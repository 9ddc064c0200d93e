"""The Store port in memory; passes the same contract suite as the real one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from edge.adapters.store.errors import GrantRefusedError
from edge.adapters.store.records.lost_purposes import lost_purposes
from edge.domain.appliance import Appliance
from edge.domain.category import CategoryName
from edge.domain.consent import Grant, Grants, Purpose
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import DecisionId, DeviceId, GrantId, NeedId, PlacementId
from edge.domain.need import Need
from edge.domain.offer import NO_CANDIDATES, Candidates
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import History, Impression, Reaction
from edge.domain.reading import Reading
from edge.ports import READINGS_MOST, Clock, Store


class FakeStore(Store):
    """Keeps everything in dictionaries."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._empty()

    def _empty(self) -> None:
        self._appliances: dict[DeviceId, Appliance] = {}
        self._readings: dict[ItemId, dict[datetime, Reading]] = {}
        self._grants: dict[GrantId, Grant] = {}
        self._needs: dict[ItemId, Need] = {}
        self._settled: dict[NeedId, DeviceId] = {}
        self._decisions: list[Decision] = []
        self._impressions: dict[PlacementId, Impression] = {}
        self._candidates: dict[tuple[str, CategoryName], Candidates] = {}
        self._standing: Placement | None = None
        self._preferences = Preferences()
        self._counts.clear()

    async def put_appliance(self, appliance: Appliance) -> None:
        self._appliances[appliance.id] = appliance

    async def appliances(self) -> Sequence[Appliance]:
        return [self._appliances[one] for one in sorted(self._appliances)]

    async def forget_appliance(self, device: DeviceId) -> None:
        self._end([one.id for one in self._grants.values() if one.device == device])
        self._appliances.pop(device, None)
        self._readings = {i: r for i, r in self._readings.items() if i.device != device}
        self._needs = {i: n for i, n in self._needs.items() if i.device != device}
        self._settled = {n: d for n, d in self._settled.items() if d != device}
        self._decisions = [one for one in self._decisions if one.item.device != device]
        self._impressions = {p: i for p, i in self._impressions.items() if i.device != device}
        if self._standing and device in {self._standing.device, self._standing.item.device}:
            self._standing = None

    async def add_readings(self, readings: Sequence[Reading]) -> int:
        before = sum(map(len, self._readings.values()))
        for reading in readings:
            item = ItemId(device=reading.device, name=reading.name)
            self._readings.setdefault(item, {}).setdefault(reading.time, reading)
        return sum(map(len, self._readings.values())) - before

    async def readings(self, item: ItemId, *, since: datetime) -> Sequence[Reading]:
        kept = self._readings.get(item, {})
        return [kept[time] for time in sorted(kept) if time >= since][-READINGS_MOST:]

    async def forget_readings(self, item: ItemId) -> None:
        self._readings.pop(item, None)

    async def add_grants(self, grants: Sequence[Grant]) -> None:
        ids = [grant.id for grant in grants]
        if len(set(ids)) < len(ids) or self._grants.keys() & set(ids):
            rule = "each grant has an id of its own"
            raise GrantRefusedError(rule)
        self._grants |= {grant.id: grant for grant in grants}

    async def withdraw(self, grants: Sequence[GrantId], *, at: datetime) -> None:
        if not self._grants.keys() >= set(grants):
            rule = "only a grant that was given can be withdrawn"
            raise GrantRefusedError(rule)
        before = list(self._grants.values())
        ended = [self._grants[one] for one in grants if self._grants[one].ended_at is None]
        self._end(grants, at=at)
        self._delete_for(lost_purposes(before, list(self._grants.values())))
        for grant in ended:
            self._delete_under(grant)

    async def grants(self, *, now: datetime) -> Grants:
        return Grants(self._grants.values(), now=now)

    async def grant_history(self) -> Sequence[Grant]:
        return sorted(self._grants.values(), key=lambda grant: grant.given_at)

    async def put_need(self, need: Need) -> None:
        self._needs[need.item] = need

    async def close_need(self, item: ItemId) -> None:
        self._needs.pop(item, None)

    async def needs(self) -> Sequence[Need]:
        return [self._needs[item] for item in sorted(self._needs)]

    async def add_decision(
        self, decision: Decision, *, candidates: Candidates = NO_CANDIDATES
    ) -> None:
        self._decisions.append(decision)
        self._candidates.setdefault((candidates.catalogue, decision.category), candidates)
        if isinstance(decision.outcome, Placement):
            shown = decision.outcome
            self._standing = shown
            self._impressions[shown.id] = Impression(
                placement=shown.id,
                offer=shown.offer.id,
                line_item=shown.offer.line_item,
                campaign=shown.offer.campaign,
                sponsor=shown.offer.label.sponsor,
                category=decision.category,
                need=shown.need,
                surface=shown.surface,
                device=shown.device,
                shown_at=shown.shown_at,
                saving=shown.offer.saving,
            )

    async def candidates(self, catalogue: str, category: CategoryName) -> Candidates | None:
        looked_at = {(one.catalogue, one.category) for one in self._decisions}
        known = bool(catalogue) and (catalogue, category) in looked_at
        return self._candidates.get((catalogue, category)) if known else None

    async def decisions(self, *, limit: int) -> Sequence[Decision]:
        return self._decisions[::-1][:limit]

    async def decision(self, key: DecisionId | PlacementId) -> Decision | None:
        return next((one for one in self._decisions if key in _names(one)), None)

    async def standing(self) -> Placement | None:
        return self._standing

    async def end_placement(self, placement: PlacementId) -> None:
        if self._standing and self._standing.id == placement:
            self._standing = None

    async def add_reaction(self, reaction: Reaction, *, closes: NeedId | None) -> bool:
        shown = self._impressions.get(reaction.placement)
        if shown is None or shown.reaction is not None:
            return False
        self._impressions[reaction.placement] = replace(
            shown,
            reaction=reaction.kind,
            reacted_at=reaction.at,
            noted_at=reaction.noted_at or reaction.at,
        )
        await self.end_placement(reaction.placement)
        if closes is not None:
            self._settled[closes] = shown.device
        return True

    async def settled(self, need: NeedId) -> bool:
        return need in self._settled

    async def redeem(self, placement: PlacementId, *, at: datetime) -> bool:
        shown = self._impressions.get(placement)
        if shown is None or shown.redeemed_at is not None:
            return False
        self._impressions[placement] = replace(shown, redeemed_at=at)
        return True

    async def history(self, *, since: datetime) -> History:
        shown = [one for one in self._impressions.values() if one.shown_at >= since]
        return History(impressions=sorted(shown, key=lambda one: one.shown_at))

    async def preferences(self) -> Preferences:
        return self._preferences

    async def put_preferences(self, preferences: Preferences) -> None:
        self._preferences = preferences

    async def healthy(self) -> bool:
        return True

    async def count(self, event: str) -> None:
        self._counts[event] += 1

    async def counts(self) -> dict[str, int]:
        return dict(self._counts)

    async def forget_everything(self) -> None:
        self._empty()

    def _delete_for(self, lost: set[Purpose]) -> None:
        if Purpose.KEEP in lost:
            self._readings.clear()
        if Purpose.INFER in lost:
            self._needs.clear()
        if Purpose.OFFER in lost:
            self._decisions.clear()

    def _delete_under(self, grant: Grant) -> None:
        appliance = self._appliances.get(grant.device)
        for item in appliance.items if appliance else ():
            if item.data is grant.data:
                if grant.purpose is Purpose.KEEP:
                    self._readings.pop(item.id, None)
                if grant.purpose in {Purpose.KEEP, Purpose.INFER}:
                    self._needs.pop(item.id, None)

    def _end(self, grants: Sequence[GrantId], *, at: datetime | None = None) -> None:
        ended_at = at or self._clock.now()
        for grant in grants:
            if self._grants[grant].ended_at is None:
                self._grants[grant] = replace(self._grants[grant], ended_at=ended_at)


def _names(decision: Decision) -> set[str]:
    shown = {decision.outcome.id} if isinstance(decision.outcome, Placement) else set()
    return {decision.id, *shown}
