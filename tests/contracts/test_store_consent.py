"""What every Store does with consent, and with what was kept under it."""

import pytest

from edge.domain.consent import Purpose
from edge.domain.measures import GrantId
from edge.errors import StoreError
from edge.ports import Store
from tests.adapters.store.examples import (
    BOOK,
    BUTTER,
    DAY,
    NOON,
    READER,
    TICK,
    a_decision,
    a_grant,
    a_need,
    a_placement,
    a_reading,
    an_appliance,
)
from tests.contracts.store_kinds import clock, store

__all__ = ["clock", "store"]


# consent
async def test_without_a_grant_nothing_stands(store: Store) -> None:
    """Off until asked."""
    assert list(await store.grants(now=NOON)) == []


async def test_a_grant_stands_until_it_ends(store: Store) -> None:
    """Half open: at its end it is over."""
    await store.add_grants([a_grant()])
    await store.withdraw([GrantId("g1")], at=NOON + DAY)
    assert list(await store.grants(now=NOON + DAY - TICK))
    assert not list(await store.grants(now=NOON + DAY))


async def test_withdrawing_twice_keeps_the_first_end(store: Store) -> None:
    """Ending an ended grant changes nothing."""
    await store.add_grants([a_grant()])
    await store.withdraw([GrantId("g1")], at=NOON)
    await store.withdraw([GrantId("g1")], at=NOON + DAY)
    assert [grant.ended_at for grant in await store.grant_history()] == [NOON]


async def test_an_unknown_grant_cannot_be_withdrawn(store: Store) -> None:
    """It is an error, and the known one beside it stays."""
    await store.add_grants([a_grant()])
    with pytest.raises(StoreError):
        await store.withdraw([GrantId("g1"), GrantId("g9")], at=NOON)
    assert [grant.ended_at for grant in await store.grant_history()] == [None]


async def test_a_grant_cannot_be_given_twice(store: Store) -> None:
    """Giving an ended grant's id again would revive it."""
    await store.add_grants([a_grant()])
    await store.withdraw([GrantId("g1")], at=NOON)
    with pytest.raises(StoreError):
        await store.add_grants([a_grant("g2"), a_grant()])
    assert [grant.id for grant in await store.grant_history()] == ["g1"]


async def test_two_grants_of_one_id_are_refused_together(store: Store) -> None:
    """All or none."""
    with pytest.raises(StoreError):
        await store.add_grants([a_grant(), a_grant()])
    assert await store.grant_history() == []


async def test_the_history_of_grants_is_oldest_first(store: Store) -> None:
    """Ended ones are in it too."""
    later = a_grant("g2", Purpose.INFER, given_at=NOON + DAY)
    await store.add_grants([later, a_grant("g1")])
    await store.withdraw([GrantId("g1")], at=NOON)
    assert [grant.id for grant in await store.grant_history()] == ["g1", "g2"]


FULL_CONSENT = [
    a_grant("g1", Purpose.KEEP),
    a_grant("g2", Purpose.INFER),
    a_grant("g3", Purpose.OFFER),
]


async def a_full_home(store: Store) -> None:
    """Consent for all, and something kept under each."""
    await store.put_appliance(an_appliance())
    await store.add_grants(FULL_CONSENT)
    await store.add_readings([a_reading()])
    await store.put_need(a_need())
    await store.add_decision(a_decision(outcome=a_placement()))


async def test_withdrawing_offers_deletes_decisions_and_nothing_else(store: Store) -> None:
    """Refusing costs nothing; the standing placement stays known, so that it can be cleared."""
    await a_full_home(store)
    await store.withdraw([GrantId("g3")], at=NOON)
    assert await store.decisions(limit=9) == []
    assert await store.standing() == a_placement()
    assert len((await store.history(since=NOON)).impressions) == 1
    assert len(await store.needs()) == 1
    assert len(await store.readings(BUTTER, since=NOON)) == 1


async def test_withdrawing_inference_deletes_what_was_inferred(store: Store) -> None:
    """Needs and the decisions built on them go, readings stay."""
    await a_full_home(store)
    await store.withdraw([GrantId("g2")], at=NOON)
    assert await store.needs() == []
    assert await store.decisions(limit=9) == []
    assert len(await store.readings(BUTTER, since=NOON)) == 1


async def test_withdrawing_keeping_deletes_readings_and_all_built_on_them(store: Store) -> None:
    """The refusals in the history stay, or they would not stick."""
    await a_full_home(store)
    await store.withdraw([GrantId("g1")], at=NOON)
    assert await store.readings(BUTTER, since=NOON) == []
    assert await store.needs() == []
    assert len((await store.history(since=NOON)).impressions) == 1


async def test_withdrawing_for_one_appliance_spares_the_others(store: Store) -> None:
    """Keys are per purpose, deletion is per grant."""
    await a_full_home(store)
    await store.add_grants([a_grant("g9", Purpose.KEEP, device=READER)])
    await store.add_readings([a_reading(item=BOOK)])
    await store.withdraw([GrantId("g1")], at=NOON)
    assert await store.readings(BUTTER, since=NOON) == []
    assert len(await store.readings(BOOK, since=NOON)) == 1
