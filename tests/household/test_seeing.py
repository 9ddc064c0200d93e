"""The page sees what the flow saw."""

from edge.domain.placement import Placement
from edge.household.consenting import offers_off
from edge.household.seeing import explain, newest_decisions, today
from tests.house import House


async def test_today_shows_what_runs_low_and_the_offer() -> None:
    """One item, its estimate, its need, the offer and the decision behind it."""
    house = House()
    await house.move_in()
    await house.use_butter()

    day = await today(house.home)

    (butter,) = day.watched
    assert butter.estimate is not None
    assert butter.need is not None
    assert day.standing is not None
    assert day.decision is not None
    assert day.decision.outcome == day.standing
    assert day.offers_allowed


async def test_without_inference_nothing_is_worked_out() -> None:
    """The page does not infer behind the household's back."""
    house = House()
    await house.move_in(purposes=())

    assert (await today(house.home)).watched == ()


async def test_with_offers_off_the_list_stays() -> None:
    """Refusing costs nothing."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await offers_off(house.home)
    day = await today(house.home)

    assert day.watched[0].need is not None
    assert day.standing is None
    assert not day.offers_allowed


async def test_an_offer_is_explained_by_its_placement_or_as_the_newest() -> None:
    """Either way the same decision."""
    house = House()
    await house.move_in()
    await house.use_butter()
    assert isinstance(house.outcome, Placement)

    by_placement = await explain(house.home, house.outcome.id)

    assert by_placement is not None
    assert by_placement == await explain(house.home)
    assert by_placement in await newest_decisions(house.home)


async def test_there_is_nothing_to_explain_at_first() -> None:
    """No decision yet."""
    assert await explain(House().home) is None
