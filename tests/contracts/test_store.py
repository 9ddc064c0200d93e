"""What every Store does with appliances, readings and choices: for the fake and the real one."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from edge.domain.household import Preferences
from edge.domain.measures import NeedId, PlacementId, SurfaceName
from edge.domain.reaction import Reaction, ReactionKind
from edge.ports import READINGS_MOST, Store
from tests.adapters.store.examples import (
    BOOK,
    BUTTER,
    DAY,
    FRIDGE,
    NOON,
    READER,
    TICK,
    TurnedClock,
    a_decision,
    a_grant,
    a_need,
    a_placement,
    a_reading,
    an_appliance,
)
from tests.contracts.store_kinds import clock, store

__all__ = ["clock", "store"]


def answer(kind: ReactionKind = ReactionKind.NOT_NOW, *, at: datetime = NOON) -> Reaction:
    """An answer to the placement p1."""
    return Reaction(placement=PlacementId("p1"), kind=kind, at=at)


# appliances
async def test_an_appliance_comes_back_as_it_was(store: Store) -> None:
    """Titles, items, surfaces and their limits survive the store."""
    await store.put_appliance(an_appliance())
    assert await store.appliances() == [an_appliance()]


async def test_an_appliance_replaces_its_earlier_self(store: Store) -> None:
    """Pairing again or a new manifest leaves one appliance."""
    await store.put_appliance(an_appliance())
    changed = replace(an_appliance(), kind="freezer")
    await store.put_appliance(changed)
    assert await store.appliances() == [changed]


async def test_appliances_are_in_order_of_their_ids(store: Store) -> None:
    """The order does not depend on pairing."""
    await store.put_appliance(an_appliance(FRIDGE))
    await store.put_appliance(an_appliance(READER))
    assert [one.id for one in await store.appliances()] == [READER, FRIDGE]


async def test_forgetting_an_appliance_leaves_nothing_of_it(
    store: Store, clock: TurnedClock
) -> None:
    """Readings, needs, decisions, history and the standing placement go; its grants end."""
    await store.put_appliance(an_appliance())
    await store.add_grants([a_grant()])
    await store.add_readings([a_reading()])
    await store.put_need(a_need())
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.add_reaction(answer(), closes=NeedId("butter-1"))
    await store.add_decision(a_decision("d2", outcome=a_placement("p2")))
    clock.instant = NOON + DAY
    await store.forget_appliance(FRIDGE)
    assert await store.appliances() == []
    assert await store.readings(BUTTER, since=NOON) == []
    assert await store.needs() == []
    assert await store.decisions(limit=9) == []
    assert await store.standing() is None
    assert not (await store.history(since=NOON)).impressions
    assert not await store.settled(NeedId("butter-1"))
    assert [grant.ended_at for grant in await store.grant_history()] == [NOON + DAY]


async def test_forgetting_an_appliance_leaves_the_others_alone(store: Store) -> None:
    """What belongs to the e-reader stays when the fridge goes."""
    await store.put_appliance(an_appliance(READER))
    await store.add_grants([a_grant(device=READER)])
    await store.add_readings([a_reading(item=BOOK)])
    await store.put_need(a_need(item=BOOK))
    await store.add_decision(a_decision(outcome=a_placement(device=READER), item=BOOK))
    await store.forget_appliance(FRIDGE)
    assert len(await store.appliances()) == 1
    assert len(await store.readings(BOOK, since=NOON)) == 1
    assert len(await store.needs()) == 1
    assert len(await store.decisions(limit=9)) == 1
    assert await store.standing() is not None
    assert len((await store.history(since=NOON)).impressions) == 1
    assert [grant.ended_at for grant in await store.grant_history()] == [None]


async def test_forgetting_an_unknown_appliance_changes_nothing(store: Store) -> None:
    """Forgetting twice is as good as once."""
    await store.put_appliance(an_appliance())
    await store.forget_appliance(READER)
    assert len(await store.appliances()) == 1


# readings
async def test_readings_come_back_in_time_order(store: Store) -> None:
    """Late and out-of-order readings take their place."""
    await store.add_readings([a_reading(2), a_reading(0)])
    await store.add_readings([a_reading(1)])
    assert await store.readings(BUTTER, since=NOON) == [a_reading(0), a_reading(1), a_reading(2)]


async def test_a_reading_is_kept_once(store: Store) -> None:
    """Device, name and time identify it; the first value stays."""
    assert await store.add_readings([a_reading(0, 180.0), a_reading(1)]) == 2
    assert await store.add_readings([a_reading(0, 90.0), a_reading(2)]) == 1
    assert (await store.readings(BUTTER, since=NOON))[0].value == 180.0


async def test_a_reading_said_twice_in_one_breath_is_kept_once(store: Store) -> None:
    """Duplicates within one payload count once."""
    assert await store.add_readings([a_reading(0), a_reading(0)]) == 1


async def test_readings_start_at_since(store: Store) -> None:
    """The interval is closed at its start."""
    await store.add_readings([a_reading()])
    assert await store.readings(BUTTER, since=NOON) == [a_reading()]
    assert await store.readings(BUTTER, since=NOON + TICK) == []


async def test_readings_are_the_newest_when_there_are_too_many(store: Store) -> None:
    """A model never sees more than READINGS_MOST of one item."""
    await store.add_readings([a_reading(minute) for minute in range(READINGS_MOST + 1)])
    seen = await store.readings(BUTTER, since=NOON)
    assert len(seen) == READINGS_MOST
    assert seen[0] == a_reading(1)


async def test_readings_of_different_items_are_apart(store: Store) -> None:
    """One item's readings never show in another's."""
    await store.add_readings([a_reading(), a_reading(item=BOOK)])
    assert await store.readings(BOOK, since=NOON) == [a_reading(item=BOOK)]


async def test_forgotten_readings_are_gone_and_may_come_again(store: Store) -> None:
    """Forgetting one item touches no other, and the item starts anew."""
    await store.add_readings([a_reading(), a_reading(item=BOOK)])
    await store.forget_readings(BUTTER)
    assert await store.readings(BUTTER, since=NOON) == []
    assert len(await store.readings(BOOK, since=NOON)) == 1
    assert await store.add_readings([a_reading()]) == 1


@pytest.mark.parametrize("value", [0.1, -0.0, 1e300, 5e-324, 123456.789])
async def test_a_reading_keeps_its_value_to_the_last_bit(store: Store, value: float) -> None:
    """Nothing is rounded on the way."""
    await store.add_readings([a_reading(value=value)])
    assert (await store.readings(BUTTER, since=NOON))[0].value == value


# the household's own choices
async def test_preferences_are_calm_before_anyone_chooses(store: Store) -> None:
    """The defaults."""
    assert await store.preferences() == Preferences()


async def test_preferences_come_back_as_they_were(store: Store) -> None:
    """Times, sets and pauses included; the last choice counts."""
    await store.put_preferences(Preferences(language="en"))
    chosen = Preferences(
        quiet_from=time(22, 30),
        most_per_day=1,
        paused_until=NOON,
        blocked_sponsors=frozenset({"Hofgut"}),
        blocked_surfaces=frozenset({SurfaceName("fridge.door")}),
    )
    await store.put_preferences(chosen)
    assert await store.preferences() == chosen


# counters and everything at once
async def test_events_are_counted_by_name(store: Store) -> None:
    """Each name on its own."""
    for event in ("readings.refused", "readings.refused", "pairing.refused"):
        await store.count(event)
    assert await store.counts() == {"readings.refused": 2, "pairing.refused": 1}


async def test_forgetting_everything_leaves_an_empty_store(store: Store) -> None:
    """As on the first day, and usable."""
    await store.put_appliance(an_appliance())
    await store.add_grants([a_grant()])
    await store.add_readings([a_reading()])
    await store.put_need(a_need())
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.put_preferences(Preferences(language="en"))
    await store.count("readings.refused")
    await store.forget_everything()
    assert await store.appliances() == []
    assert await store.grant_history() == []
    assert await store.readings(BUTTER, since=NOON) == []
    assert await store.needs() == []
    assert await store.decisions(limit=9) == []
    assert await store.standing() is None
    assert not (await store.history(since=NOON)).impressions
    assert await store.preferences() == Preferences()
    assert await store.counts() == {}
    await store.add_grants([a_grant()])
    assert len(list(await store.grants(now=NOON))) == 1
