"""What a decision rests on is gathered from the home as it is."""

from datetime import timedelta

from edge.domain.consent import ConsentedNeed
from edge.domain.facts import Facts
from edge.domain.item import EvidenceKind
from edge.domain.measures import Amount, Unit
from edge.household.weighing import USED_JUST_NOW, gather_facts
from tests.builders import FRIDGE, a_grant, a_need, a_reading, an_appliance, an_item
from tests.fakes.clock import NOON
from tests.house import House, butter_going_down
from tests.matching.situations import TICK

DOOR = an_item("door", evidence=EvidenceKind.CONTEXT)
CELLAR = an_item("cellar-butter")


async def a_house() -> House:
    """A fridge with butter, more butter below, and a door."""
    house = House()
    await house.move_in()
    await house.store.put_appliance(an_appliance(items=(an_item(), CELLAR, DOOR)))
    return house


async def gathered(house: House) -> Facts:
    """About the butter that runs low."""
    need = ConsentedNeed(need=a_need(), grant=a_grant())
    catalogue = house.shelf.catalogue
    return await gather_facts(house.home, need, an_item(), catalogue, now=NOON)


async def test_an_open_door_means_that_somebody_is_there() -> None:
    """Opened five minutes ago to the tick; one tick more, and nobody is taken to be there."""
    house = await a_house()
    await house.store.add_readings([a_reading(1.0, name="door", time=NOON - USED_JUST_NOW)])
    used = await gathered(house)

    other = await a_house()
    earlier = NOON - USED_JUST_NOW - TICK
    await other.store.add_readings([a_reading(1.0, name="door", time=earlier)])

    assert used.in_use == frozenset({FRIDGE})
    assert (await gathered(other)).in_use == frozenset()


async def test_a_closed_door_means_that_nobody_is_there() -> None:
    """Opened and closed again."""
    house = await a_house()
    opened = a_reading(1.0, name="door", time=NOON - timedelta(minutes=2))
    closed = a_reading(0.0, name="door", time=NOON - timedelta(minutes=1))
    await house.store.add_readings([opened, closed])

    assert (await gathered(house)).in_use == frozenset()


async def test_a_full_cellar_is_enough_elsewhere() -> None:
    """Nothing known below, then more than half a package, in no need."""
    unknown, house = await a_house(), await a_house()
    below = [
        a_reading(one.value, name="cellar-butter", time=one.time)
        for one in butter_going_down(to=150.0, now=NOON)
    ]
    await house.store.add_readings(below)

    assert not (await gathered(unknown)).enough_elsewhere
    assert (await gathered(house)).enough_elsewhere


async def test_the_home_says_where_it_is_and_what_it_counts_in() -> None:
    """Region, catalogue, package and unit."""
    facts = await gathered(await a_house())

    assert (facts.region, facts.storage_healthy) == ("DE-BE", True)
    assert facts.catalogue_until is not None
    assert (facts.package, facts.unit) == (Amount(250.0), Unit.GRAM)


async def test_without_a_catalogue_there_is_none() -> None:
    """Nothing was ever pulled."""
    house = await a_house()
    house.shelf.catalogue = None

    assert (await gathered(house)).catalogue_until is None
