"""What every Store does: the same suite for the fake and for the real one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from edge.adapters.store.document_store import open_store
from edge.domain.consent import Purpose
from edge.domain.household import Preferences
from edge.domain.measures import DecisionId, GrantId, NeedId, PlacementId, SurfaceName
from edge.domain.reaction import Reaction, ReactionKind
from edge.errors import StoreError
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
from tests.fakes.store import FakeStore


@pytest.fixture
def clock() -> TurnedClock:
    """Noon, until turned."""
    return TurnedClock()


@pytest.fixture(params=["fake", "real"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TurnedClock
) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    if request.param == "fake":
        yield FakeStore(clock)
    else:
        async with open_store(tmp_path / "data", keys=tmp_path / "keys", clock=clock) as real:
            yield real


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


# needs
async def test_a_need_replaces_the_earlier_one_for_its_item(store: Store) -> None:
    """One open need per item."""
    await store.put_need(a_need())
    changed = replace(a_need("butter-2"), horizon_days=5.0)
    await store.put_need(changed)
    assert await store.needs() == [changed]


async def test_needs_are_in_order_of_their_items(store: Store) -> None:
    """The order does not depend on when they opened."""
    await store.put_need(a_need(item=BUTTER))
    await store.put_need(a_need("book-1", BOOK))
    assert [need.item for need in await store.needs()] == [BOOK, BUTTER]


async def test_a_met_need_is_gone(store: Store) -> None:
    """And closing it again, or one that never was, is nothing."""
    await store.put_need(a_need())
    await store.close_need(BUTTER)
    await store.close_need(BUTTER)
    assert await store.needs() == []


# decisions and reactions
async def test_a_silent_decision_comes_back_as_it_was(store: Store) -> None:
    """With its scores, exclusions and counts; it leaves no impression."""
    await store.add_decision(a_decision())
    assert await store.decision(DecisionId("d1")) == a_decision()
    assert await store.standing() is None
    assert not (await store.history(since=NOON)).impressions


async def test_a_placement_is_found_by_its_decision_and_by_itself(store: Store) -> None:
    """Both ids lead to the same decision."""
    decision = a_decision(outcome=a_placement())
    await store.add_decision(decision)
    assert await store.decision(DecisionId("d1")) == decision
    assert await store.decision(PlacementId("p1")) == decision
    assert await store.decision(PlacementId("p9")) is None


async def test_the_newest_decisions_come_first(store: Store) -> None:
    """And only as many as asked for."""
    for number in range(4):
        await store.add_decision(a_decision(f"d{number}"))
    assert [one.id for one in await store.decisions(limit=2)] == ["d3", "d2"]


async def test_the_last_placement_stands_until_it_ends(store: Store) -> None:
    """One household, one placement at a time; ending another one changes nothing."""
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.add_decision(a_decision("d2", a_placement("p2")))
    await store.end_placement(PlacementId("p1"))
    assert await store.standing() == a_placement("p2")
    await store.end_placement(PlacementId("p2"))
    assert await store.standing() is None


async def test_an_impression_says_what_the_rules_count_by(store: Store) -> None:
    """Line item, campaign, sponsor, need, surface."""
    await store.add_decision(a_decision(outcome=a_placement()))
    (shown,) = (await store.history(since=NOON)).impressions
    assert (shown.line_item, shown.campaign, shown.sponsor) == ("spring/butter", "spring", "Hofgut")
    assert (shown.need, shown.surface, shown.reaction) == ("butter-1", "fridge.door", None)


async def test_history_starts_at_since_and_is_oldest_first(store: Store) -> None:
    """The interval is closed at its start."""
    await store.add_decision(a_decision("d2", a_placement("p2", shown_at=NOON + DAY)))
    await store.add_decision(a_decision("d1", a_placement("p1")))
    seen = (await store.history(since=NOON)).impressions
    assert [one.placement for one in seen] == ["p1", "p2"]
    assert len((await store.history(since=NOON + TICK)).impressions) == 1


async def test_an_answer_ends_the_placement_and_settles_the_need(store: Store) -> None:
    """In one act; the open need itself stays, the butter still runs low."""
    await store.put_need(a_need())
    await store.add_decision(a_decision(outcome=a_placement()))
    assert await store.add_reaction(answer(at=NOON + TICK), closes=NeedId("butter-1"))
    (shown,) = (await store.history(since=NOON)).impressions
    assert (shown.reaction, shown.reacted_at) == (ReactionKind.NOT_NOW, NOON + TICK)
    assert await store.standing() is None
    assert await store.settled(NeedId("butter-1"))
    assert await store.needs() == [a_need()]


async def test_an_answer_may_leave_the_need_open(store: Store) -> None:
    """Without `closes` nothing is settled."""
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.add_reaction(answer(), closes=None)
    assert not await store.settled(NeedId("butter-1"))


async def test_a_second_answer_changes_nothing(store: Store) -> None:
    """The first one counts."""
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.add_reaction(answer(), closes=None)
    second = answer(ReactionKind.HELPFUL)
    assert not await store.add_reaction(second, closes=NeedId("butter-1"))
    (shown,) = (await store.history(since=NOON)).impressions
    assert shown.reaction is ReactionKind.NOT_NOW
    assert not await store.settled(NeedId("butter-1"))


async def test_an_answer_to_an_unknown_placement_changes_nothing(store: Store) -> None:
    """And says so."""
    assert not await store.add_reaction(answer(), closes=NeedId("butter-1"))
    assert not await store.settled(NeedId("butter-1"))


async def test_an_answer_to_an_older_placement_leaves_the_newer_one(store: Store) -> None:
    """Only the answered one is taken off."""
    await store.add_decision(a_decision(outcome=a_placement()))
    await store.add_decision(a_decision("d2", a_placement("p2")))
    assert await store.add_reaction(answer(), closes=None)
    assert await store.standing() == a_placement("p2")


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
