"""The month's statement: what was shown, what was welcome, what was saved, what left."""

from datetime import UTC, datetime

import pytest

from edge.domain.reaction import Reaction, ReactionKind
from edge.errors import RefusedError
from edge.household.fair_trade import fair_trade
from edge.household.reacting import react
from edge.household.saved import NOTICE, redeem, saved_offers
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.house import House, a_catalogue
from tests.matching.situations import TICK

ENDS = NOON + 6 * DAY


async def a_house_that_saved() -> House:
    """An offer was shown at noon and saved."""
    house = House()
    house.shelf.catalogue = a_catalogue(an_offer(flight=(NOON - DAY, ENDS)))
    await house.move_in()
    await house.use_butter()
    standing = await house.store.standing()
    assert standing is not None
    await react(house.home, Reaction(placement=standing.id, kind=ReactionKind.SAVE, at=NOON))
    return house


async def test_an_empty_month_is_all_zeros() -> None:
    """Zero offers is a valid month."""
    statement = await fair_trade(House().home, year=2026, month=11)

    assert (statement.shown, statement.money_saved, statement.household_facts) == (0, 0, 0)


async def test_a_saved_offer_is_welcomed_and_acted_on() -> None:
    """But money is saved only once it was used."""
    house = await a_house_that_saved()
    before = await fair_trade(house.home, year=2026, month=11)
    (saved,) = await saved_offers(house.home)

    assert await redeem(house.home, saved.placement.id)

    after = await fair_trade(house.home, year=2026, month=11)
    assert (before.shown, before.welcomed, before.acted_on, before.dismissed) == (1, 1, 1, 0)
    assert (before.money_saved, before.money_offered) == (0, 60)
    assert after.money_saved == 60


async def test_another_month_does_not_count() -> None:
    """It was shown in November."""
    house = await a_house_that_saved()

    assert (await fair_trade(house.home, year=2026, month=12)).shown == 0


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1969, 12), (9999, 1)])
async def test_there_is_no_such_month(year: int, month: int) -> None:
    """The calendar's own limits."""
    with pytest.raises(RefusedError):
        await fair_trade(House().home, year=year, month=month)


async def test_a_saved_offer_stays_until_it_expires() -> None:
    """One tick before its end it is there, at its end it is gone."""
    house = await a_house_that_saved()

    house.clock.move(ENDS - NOON - TICK)
    assert len(await saved_offers(house.home)) == 1
    house.clock.move(TICK)
    assert await saved_offers(house.home) == []


async def test_a_saved_offer_gives_notice_before_it_expires() -> None:
    """For the last two days it says so."""
    house = await a_house_that_saved()

    house.clock.move(ENDS - NOTICE - NOON)
    assert [one.expires_soon for one in await saved_offers(house.home)] == [False]
    house.clock.move(TICK)
    assert [one.expires_soon for one in await saved_offers(house.home)] == [True]


async def test_a_used_offer_is_used_once() -> None:
    """The second time changes nothing."""
    house = await a_house_that_saved()
    (saved,) = await saved_offers(house.home)

    assert await redeem(house.home, saved.placement.id)
    assert not await redeem(house.home, saved.placement.id)
    (used,) = await saved_offers(house.home)
    assert used.redeemed_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
