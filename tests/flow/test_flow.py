"""Each way through the house ends where it should: on a surface, or in a silence that says why."""

from datetime import timedelta

import pytest

from edge.domain.category import DataCategory
from edge.domain.consent import Purpose
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import ItemName, SurfaceName
from edge.domain.offer import NO_CANDIDATES, Candidates
from edge.domain.placement import Decision, Placement, Silence
from edge.domain.reaction import Reaction, ReactionKind
from edge.domain.story import Cleared, Kept
from edge.errors import StoreError
from edge.household.choosing import choose
from edge.household.consenting import withdraw
from edge.household.reacting import react
from edge.matching.decide import SHOWN_FOR
from tests.builders import DAY, FRIDGE, a_reading, an_item_id, an_offer
from tests.fakes.store import FakeStore
from tests.house import House, a_catalogue

DOOR = SurfaceName("fridge.door")
TICK = timedelta(microseconds=1)


@pytest.fixture
def house() -> House:
    """An empty home at noon."""
    return House()


async def test_low_butter_leads_to_an_offer_on_the_fridge_door(house: House) -> None:
    """Everything is allowed, butter runs low, an offer fits: it is shown."""
    await house.move_in()

    await house.use_butter()

    assert isinstance(house.outcome, Placement)
    assert house.surfaces.shown[DOOR].offer == an_offer()
    assert await house.store.standing() == house.outcome


async def test_the_decision_accounts_for_the_whole_catalogue(house: House) -> None:
    """Why this one, why not the others: all of it is kept."""
    house.shelf.catalogue = a_catalogue(
        an_offer(), an_offer("x/y/z", price_before=200), an_offer("m/i/lk", category="milk")
    )
    await house.move_in()

    await house.use_butter()

    (decision,) = [d for d in await house.store.decisions(limit=9) if d.need]
    assert [offer for offer, _ in decision.scores] == [an_offer().id, "x/y/z"]
    assert dict(decision.other_categories) == {"milk": 1}
    assert decision.catalogue == "ab" * 32


@pytest.mark.parametrize(
    ("purposes", "kept", "reason"),
    [
        ((), 0, "inferring_not_allowed"),
        ((Purpose.KEEP,), 49, "inferring_not_allowed"),
        ((Purpose.INFER, Purpose.OFFER), 0, "inferring_not_allowed"),
        ((Purpose.KEEP, Purpose.OFFER), 49, "inferring_not_allowed"),
        ((Purpose.KEEP, Purpose.INFER), 49, "offers_not_allowed"),
    ],
)
async def test_nothing_happens_without_its_grant(
    house: House, purposes: tuple[Purpose, ...], kept: int, reason: str
) -> None:
    """Off until asked: each purpose needs its own yes, and the ones it builds on."""
    await house.move_in(purposes=purposes)

    await house.use_butter()

    readings = await house.store.readings(an_item_id(), since=house.clock.now() - 60 * DAY)
    assert len(readings) == kept
    assert house.reason == reason
    assert house.surfaces.shown == {}


async def test_enough_butter_is_no_need(house: House) -> None:
    """No need, no offer."""
    await house.move_in()

    await house.use_butter(until=200.0)

    assert house.reason == "enough_left"
    assert await house.store.needs() == []


async def test_a_permission_rule_silences(house: House) -> None:
    """The household allows no offers a day at all."""
    await house.move_in()
    await choose(house.home, Preferences(most_per_day=0))

    await house.use_butter()

    assert house.reason == "household_daily_cap"


async def test_without_a_valid_catalogue_nothing_is_shown(house: House) -> None:
    """The last good one has expired."""
    house.shelf.catalogue = None
    await house.move_in()

    await house.use_butter()

    assert house.reason == "no_valid_catalogue"


async def test_when_no_offer_fits_nothing_is_shown(house: House) -> None:
    """Only milk is on offer."""
    house.shelf.catalogue = a_catalogue(an_offer(category="milk"))
    await house.move_in()

    await house.use_butter()

    assert house.reason == "no_offer_fits"


async def test_a_standing_placement_stays_while_readings_come_in(house: House) -> None:
    """The same need, another reading: no second offer, no second decision."""
    await house.move_in()
    await house.use_butter()
    first = house.outcome
    house.clock.move(timedelta(minutes=30))

    await house.flow.on_readings([a_reading(19.0, time=house.clock.now())])

    assert house.outcome == first
    assert len(house.surfaces.languages) == 1


async def test_a_refill_takes_the_offer_away(house: House) -> None:
    """A met need closes its offer: nothing follows people around."""
    await house.move_in()
    await house.use_butter()

    for _ in range(4):
        house.clock.move(timedelta(minutes=30))
        await house.flow.on_readings([a_reading(250.0, time=house.clock.now())])

    assert house.surfaces.shown == {}
    assert [event.reason for event in house.told(Cleared) if isinstance(event, Cleared)] == [
        "need_closed"
    ]


async def test_a_placement_ends_when_its_time_is_up(house: House) -> None:
    """One tick before it stands, at its end it is gone."""
    await house.move_in()
    await house.use_butter()

    house.clock.move(SHOWN_FOR - TICK)
    await house.flow.look_around()
    assert DOOR in house.surfaces.shown

    house.clock.move(TICK)
    await house.flow.look_around()
    assert DOOR not in house.surfaces.shown


async def test_withdrawing_clears_the_surface_and_keeps_it_clear(house: House) -> None:
    """Refusal acts at once and on every later decision."""
    await house.move_in()
    await house.use_butter()

    await withdraw(house.home, Purpose.OFFER, DataCategory.GROCERIES, FRIDGE)
    assert house.surfaces.shown == {}

    await house.flow.look_around()
    assert house.reason == "offers_not_allowed"
    assert not house.subscription.on


async def test_an_answered_need_stays_closed(house: House) -> None:
    """One need, one answer: nothing more until the next refill."""
    await house.move_in()
    await house.use_butter()
    placement = house.surfaces.shown[DOOR]

    await react(
        house.home,
        Reaction(placement=placement.id, kind=ReactionKind.SAVE, at=house.clock.now()),
    )
    house.clock.move(timedelta(hours=20))
    await house.flow.on_readings([a_reading(15.0, time=house.clock.now())])

    assert house.reason == "answered_already"


async def test_readings_of_an_unknown_item_are_not_kept(house: House) -> None:
    """What no manifest declares has no purpose."""
    await house.move_in()

    await house.flow.on_readings([a_reading(name="caviar")])

    caviar = ItemId(device=FRIDGE, name=ItemName("caviar"))
    assert await house.store.readings(caviar, since=house.clock.now() - DAY) == []
    assert house.told(Kept) == []


async def test_the_same_silence_is_kept_once(house: House) -> None:
    """A decision is kept when it is news."""
    await house.move_in()
    await house.use_butter(until=200.0)
    house.clock.move(timedelta(minutes=30))

    await house.flow.on_readings([a_reading(199.0, time=house.clock.now())])

    decisions = await house.store.decisions(limit=9)
    assert [d.outcome.reason for d in decisions if isinstance(d.outcome, Silence)] == [
        "enough_left"
    ]


class BrokenStore(FakeStore):
    """Everything works, except that decisions cannot be kept."""

    async def add_decision(
        self, decision: Decision, *, candidates: Candidates = NO_CANDIDATES
    ) -> None:
        """Fail as a full disk does."""
        del decision, candidates
        message = "no space"
        raise StoreError(message)


async def test_a_decision_that_cannot_be_kept_is_not_shown(house: House) -> None:
    """A storage error means no offer, never an uncounted offer."""
    house.use(BrokenStore(house.clock))
    await house.move_in()

    with pytest.raises(StoreError):
        await house.use_butter()

    assert house.surfaces.shown == {}
