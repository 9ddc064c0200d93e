"""Allow and withdraw: exact, at once, and never wider than what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.category import DataCategory
from edge.domain.consent import REQUIRES, Purpose
from edge.errors import RefusedError
from edge.household.consenting import allow, everything_off, offers_off, withdraw
from tests.builders import DAY, FRIDGE, an_appliance, an_item_id
from tests.fakes.clock import NOON
from tests.house import EVERYTHING, House


async def granted(house: House) -> set[Purpose]:
    """What stands for the fridge's groceries."""
    grants = await house.store.grants(now=house.clock.now())
    return {grant.purpose for grant in grants}


async def test_nothing_is_granted_at_first() -> None:
    """Off until asked."""
    house = House()
    await house.move_in(purposes=())

    assert await granted(house) == set()


async def test_allowing_is_for_this_appliance_and_this_data_only() -> None:
    """Another appliance of the same kind gets nothing."""
    house = House()
    await house.move_in()
    await house.store.put_appliance(an_appliance("fridge-0002"))

    grants = await house.store.grants(now=house.clock.now())

    assert {(grant.device, grant.data) for grant in grants} == {(FRIDGE, DataCategory.GROCERIES)}


async def test_what_the_appliance_does_not_watch_cannot_be_allowed() -> None:
    """A fridge has no books; an unknown appliance has nothing."""
    house = House()
    await house.move_in(purposes=())

    with pytest.raises(RefusedError):
        await allow(house.home, EVERYTHING, DataCategory.BOOKS, FRIDGE)
    with pytest.raises(RefusedError):
        await allow(house.home, EVERYTHING, DataCategory.GROCERIES, an_appliance("x-1").id)
    assert await granted(house) == set()


async def test_allowing_twice_grants_once() -> None:
    """A standing grant stays as it is."""
    house = House()
    await house.move_in()

    await allow(house.home, EVERYTHING, DataCategory.GROCERIES, FRIDGE)

    assert len(await house.store.grant_history()) == len(EVERYTHING)


async def test_offers_off_removes_offers_and_nothing_else() -> None:
    """Refusing costs nothing: needs and readings stay."""
    house = House()
    await house.move_in()
    await house.use_butter()
    readings = await house.store.readings(an_item_id(), since=NOON - 60 * DAY)

    await offers_off(house.home)

    assert await granted(house) == {Purpose.KEEP, Purpose.INFER}
    assert len(await house.store.needs()) == 1
    assert await house.store.readings(an_item_id(), since=NOON - 60 * DAY) == readings
    assert house.surfaces.shown == {}
    assert not house.subscription.on


async def test_withdrawing_inference_drops_the_needs() -> None:
    """What was inferred goes with the permission to infer."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await withdraw(house.home, Purpose.INFER, DataCategory.GROCERIES, FRIDGE)

    assert await house.store.needs() == []
    assert await granted(house) == {Purpose.KEEP}


async def test_everything_off_empties_the_memory() -> None:
    """Without KEEP no reading stays."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await everything_off(house.home)

    assert await granted(house) == set()
    assert await house.store.readings(an_item_id(), since=NOON - 60 * DAY) == []


async def test_a_withdrawn_grant_stays_in_the_history() -> None:
    """What was allowed, from when to when, can be shown."""
    house = House()
    await house.move_in()

    await everything_off(house.home)

    assert {grant.ended_at for grant in await house.store.grant_history()} == {NOON}


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(list(Purpose))), max_size=12))
async def test_a_purpose_acts_only_on_what_it_builds_on(acts: list[tuple[bool, Purpose]]) -> None:
    """After any sequence of yes and no: no purpose acts without the ones it requires."""
    house = House()
    await house.move_in(purposes=())
    for yes, purpose in acts:
        if yes:
            await allow(house.home, [purpose], DataCategory.GROCERIES, FRIDGE)
        else:
            await withdraw(house.home, purpose, DataCategory.GROCERIES, FRIDGE)

    grants = await house.store.grants(now=house.clock.now())
    acting = {p for p in Purpose if grants.allowing(p, DataCategory.GROCERIES, FRIDGE)}

    assert all(set(REQUIRES[purpose]) <= acting for purpose in acting)
    assert house.subscription.on == (Purpose.OFFER in acting)
