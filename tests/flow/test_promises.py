"""Whatever happens in a home: no placement without need, grant, label, catalogue; caps hold."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from edge.domain.category import DataCategory
from edge.domain.consent import Grants, Purpose
from edge.domain.frequency import CapKey, CapScope, CapSpan
from edge.domain.offer import Label
from edge.domain.placement import Placement
from edge.domain.reaction import Reaction, ReactionKind
from edge.flow import Flow
from edge.household.consenting import allow, withdraw
from edge.household.reacting import react
from edge.household.settling_in import settle_in
from tests.builders import DAY, FRIDGE, a_reading, a_surface, an_appliance, an_offer
from tests.fakes.clock import NOON
from tests.house import EVERYTHING, House, a_catalogue

PLACES = (a_surface(), a_surface("fridge.panel"))
STEPS = st.lists(
    st.sampled_from(
        [
            "an hour passes",
            "a day passes",
            "a month passes",
            "butter is read",
            "butter is bought",
            "answered",
            "withdrawn",
            "allowed",
            "catalogue lost",
            "catalogue unlabelled",
            "catalogue renewed",
            "restarted",
            "looked around",
            "read twice at once",
        ]
    ),
    max_size=40,
)


class Watched(House):
    """A house that is looked at after every step."""

    left = 20.0

    async def furnish(self) -> None:
        """A fridge with two surfaces; everything is allowed."""
        await self.store.put_appliance(an_appliance(surfaces=PLACES))
        await allow(self.home, EVERYTHING, DataCategory.GROCERIES, FRIDGE)
        self.renew()
        await self.use_butter()

    def renew(self) -> None:
        """A catalogue of two campaigns of one sponsor, valid for a week."""
        now = self.clock.now()
        flight = (now - DAY, now + 7 * DAY)
        offers = [
            an_offer(f"{campaign}/{now:%d}/{n}", flight=flight)
            for campaign in "ab"
            for n in range(2)
        ]
        self.shelf.catalogue = replace(a_catalogue(*offers), expires_at=now + 7 * DAY)

    async def step(self, name: str) -> None:
        """One thing happens."""
        passing = {"an hour passes": 1, "a day passes": 24, "a month passes": 24 * 31}
        if name in passing:
            self.clock.move(timedelta(hours=passing[name]))
        elif name.startswith("butter"):
            self.left = 250.0 if name == "butter is bought" else max(5.0, self.left - 3)
            await self.read()
        elif name.startswith("catalogue"):
            self._change_catalogue(name)
        elif name == "read twice at once":
            await asyncio.gather(self.read(), self.read(), self.flow.look_around())
        else:
            await self._act(name)

    async def read(self) -> None:
        """The scale says what is left."""
        await self.flow.on_readings([a_reading(self.left, time=self.clock.now())])

    def _change_catalogue(self, name: str) -> None:
        if name == "catalogue renewed":
            self.renew()
        elif name == "catalogue lost":
            self.shelf.catalogue = None
        else:
            bare = replace(an_offer(), label=Label(sponsor="", payer=""))
            self.shelf.catalogue = a_catalogue(bare)

    async def _act(self, name: str) -> None:
        standing = await self.store.standing()
        if name == "answered" and standing:
            kind = list(ReactionKind)[int(self.left) % len(ReactionKind)]
            at = self.clock.now()
            await react(self.home, Reaction(placement=standing.id, kind=kind, at=at))
        elif name == "withdrawn":
            await withdraw(self.home, Purpose.OFFER, DataCategory.GROCERIES, FRIDGE)
        elif name == "allowed":
            await allow(self.home, EVERYTHING, DataCategory.GROCERIES, FRIDGE)
        elif name == "restarted":
            self.surfaces.shown.clear()
            self.flow = Flow(home=self.home)
            await settle_in(self.home, language="de", timezone="Europe/Berlin")
        elif name == "looked around":
            await self.flow.look_around()

    async def check(self) -> None:
        """What stands may stand: on one surface, allowed, labelled, needed."""
        shown = self.surfaces.shown
        assert len(shown) <= 1
        if not shown:
            return
        (placement,) = shown.values()
        grants = await self.store.grants(now=self.clock.now())
        assert _allowed(placement, grants)
        assert placement.offer.label.sponsor
        assert placement == await self.store.standing()
        assert placement.need in {need.id for need in await self.store.needs()}

    async def check_history(self) -> None:
        """Every cap held at every impression; none was shown without a decision that says why."""
        shown = (await self.store.history(since=NOON - DAY)).impressions
        by_sponsor = CapKey(CapScope.SPONSOR, CapSpan.DAY)
        for one in shown:
            day = [o for o in shown if o.shown_at.date() == one.shown_at.date()]
            assert len(day) <= min(2, an_offer().cap(by_sponsor))
            assert sum(o.offer == one.offer for o in day) == 1
            dismissed = [o for o in day if o.reaction and not o.welcomed]
            assert all(o is day[-1] for o in dismissed)
            decision = await self.store.decision(one.placement)
            assert decision is None or decision.catalogue


def _allowed(placement: Placement, grants: Grants) -> bool:
    data = placement.offer.data
    return grants.allowing(Purpose.OFFER, data, placement.item.device) is not None


async def live(steps: Sequence[str]) -> Watched:
    """A home in which these things happen."""
    house = Watched()
    await house.furnish()
    for name in steps:
        await house.step(name)
        await house.check()
    return house


@settings(max_examples=60)
@given(STEPS)
@example(["catalogue unlabelled", "a day passes", "looked around", "butter is read"])
@example(["catalogue lost", "a day passes", "looked around", "butter is read"])
@example(["withdrawn", "a day passes", "butter is read", "restarted", "butter is read"])
async def test_nothing_stands_that_may_not_and_every_cap_holds(steps: list[str]) -> None:
    """Crash, clock jump, withdrawal, lost and unlabelled catalogues, two readings at once."""
    house = await live(steps)

    await house.check_history()


async def test_such_a_home_does_show_offers() -> None:
    """The property above is about something."""
    house = await live([])

    assert len(house.surfaces.shown) == 1


async def test_two_surfaces_never_show_at_the_same_time() -> None:
    """Both fit; one household, one placement."""
    house = await live(["read twice at once", "looked around", "read twice at once"])

    assert len(house.surfaces.shown) == 1
