"""What every Store does with needs, decisions and reactions."""

from dataclasses import replace
from datetime import datetime

from edge.domain.measures import DecisionId, NeedId, PlacementId
from edge.domain.reaction import Reaction, ReactionKind
from edge.ports import Store
from tests.adapters.store.examples import (
    BOOK,
    BUTTER,
    DAY,
    NOON,
    TICK,
    a_decision,
    a_need,
    a_placement,
)
from tests.contracts.store_kinds import clock, store

__all__ = ["clock", "store"]


def answer(kind: ReactionKind = ReactionKind.NOT_NOW, *, at: datetime = NOON) -> Reaction:
    """An answer to the placement p1."""
    return Reaction(placement=PlacementId("p1"), kind=kind, at=at)


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
