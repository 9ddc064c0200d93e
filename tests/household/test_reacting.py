"""Each answer takes the offer away and acts exactly."""

import pytest

from edge.domain.measures import PlacementId
from edge.domain.placement import Placement
from edge.domain.reaction import SETTLING, Reaction, ReactionKind
from edge.domain.story import Reacted
from edge.household.reacting import react
from tests.builders import DAY, an_item_id
from tests.fakes.clock import NOON
from tests.house import House


@pytest.fixture
async def house() -> House:
    """A home where butter is offered."""
    house = House()
    await house.move_in()
    await house.use_butter()
    return house


def standing(house: House) -> Placement:
    """What is on the door."""
    (placement,) = house.surfaces.shown.values()
    return placement


@pytest.mark.parametrize("kind", list(ReactionKind))
async def test_every_answer_clears_the_surface(house: House, kind: ReactionKind) -> None:
    """And is told."""
    placement = standing(house)

    assert await react(house.home, Reaction(placement=placement.id, kind=kind, at=NOON))

    assert house.surfaces.shown == {}
    assert await house.store.standing() is None
    assert await house.store.settled(placement.need) is (kind in SETTLING)
    assert house.told(Reacted) == [Reacted(placement=placement, kind=kind)]


async def test_not_me_deletes_the_readings_behind_it(house: House) -> None:
    """The evidence goes, and the need that rested on it; not just the offer."""
    reaction = Reaction(placement=standing(house).id, kind=ReactionKind.NOT_ME, at=NOON)

    await react(house.home, reaction)

    assert await house.store.readings(an_item_id(), since=NOON - 60 * DAY) == []
    assert await house.store.needs() == []


async def test_a_second_answer_changes_nothing(house: House) -> None:
    """One placement, one answer."""
    placement = standing(house)
    await react(house.home, Reaction(placement=placement.id, kind=ReactionKind.SAVE, at=NOON))

    again = Reaction(placement=placement.id, kind=ReactionKind.NOT_ME, at=NOON)

    assert not await react(house.home, again)
    assert await house.store.readings(an_item_id(), since=NOON - 60 * DAY)


async def test_an_answer_to_nothing_changes_nothing(house: House) -> None:
    """An unknown placement."""
    unknown = Reaction(placement=PlacementId("p-nobody"), kind=ReactionKind.SAVE, at=NOON)

    assert not await react(house.home, unknown)
    assert house.surfaces.shown
