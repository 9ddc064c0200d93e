"""A forgotten appliance leaves nothing behind, in the home or at its door."""

from edge.household.forgetting import forget, forget_everything, let_in
from tests.builders import DAY, FRIDGE, an_item_id
from tests.fakes.clock import NOON
from tests.house import House


async def test_forgetting_an_appliance_ends_its_credentials_readings_and_offers() -> None:
    """Its key is turned, its readings are gone, its surface is free, nothing is pulled."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await forget(house.home, FRIDGE)

    assert house.pairing.unpaired == [FRIDGE]
    assert await house.store.appliances() == []
    assert await house.store.readings(an_item_id(), since=NOON - 60 * DAY) == []
    assert house.surfaces.shown == {}
    assert not house.subscription.on


async def test_forgetting_everything_leaves_an_empty_home() -> None:
    """As on the first day."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await forget_everything(house.home)

    assert await house.store.appliances() == []
    assert await house.store.decisions(limit=9) == []
    assert await house.store.grant_history() == []


async def test_the_appliances_own_code_opens_the_door() -> None:
    """Whoever shows the code, the same door opens."""
    house = House()

    assert await let_in(house.home, code="7777-8888-9999") == "7777-8888-9999"
    assert await let_in(house.home)
    assert house.pairing.opened == ["7777-8888-9999", None]
