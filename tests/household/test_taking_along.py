"""Everything the home knows comes along, and nothing is made up."""

from datetime import UTC, datetime

from edge.domain.household import Preferences
from edge.household.choosing import choose
from edge.household.forgetting import forget_everything
from edge.household.reacting import react
from edge.household.taking_along import everything
from tests.builders import a_reaction, an_item_id
from tests.house import House


async def test_everything_the_store_holds_comes_along() -> None:
    """Appliances, readings, grants (ended ones too), needs, decisions, impressions, choices."""
    house = House()
    await house.move_in()
    await house.use_butter()
    await choose(house.home, Preferences(most_per_day=1))
    standing = await house.store.standing()
    assert standing is not None
    await react(house.home, a_reaction(placement=standing.id))
    taken = await everything(house.home)

    assert taken.at == house.clock.now()
    assert list(taken.appliances) == list(await house.store.appliances())
    ever = datetime(1970, 1, 1, tzinfo=UTC)
    assert list(taken.readings) == list(await house.store.readings(an_item_id(), since=ever))
    assert list(taken.grants) == list(await house.store.grant_history())
    assert list(taken.needs) == list(await house.store.needs())
    assert list(taken.decisions) == list(await house.store.decisions(limit=1_000))
    assert [one.reaction for one in taken.impressions] == ["save"]
    assert taken.preferences.most_per_day == 1
    assert taken.left == await house.home.ledger.summary()


async def test_after_forgetting_there_is_nothing_to_take_along() -> None:
    """The export is a check on the deletion."""
    house = House()
    await house.move_in()
    await house.use_butter()
    await forget_everything(house.home)
    taken = await everything(house.home)

    kept = (taken.appliances, taken.readings, taken.grants, taken.needs, taken.decisions)
    assert not any(kept)
    assert taken.preferences == Preferences()
