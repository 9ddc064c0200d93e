"""What every Store does for offers: candidates, redemptions, decisions that can be replayed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from edge.adapters.store.document_store import open_store
from edge.domain.category import CategoryName
from edge.domain.measures import DecisionId, DeviceId, PlacementId
from edge.domain.offer import NO_CANDIDATES, Candidates
from edge.domain.placement import Decision, Placement
from edge.domain.reaction import Reaction, ReactionKind
from edge.household.replaying import bits
from edge.matching.decide import Ids, decide
from edge.ports import Store
from tests.builders import FRIDGE, an_appliance, an_offer
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.store import FakeStore
from tests.matching.situations import a_situation, an_impression

BUTTER = CategoryName("butter")
CANDIDATES = Candidates(
    catalogue="ab" * 32, offers=(an_offer(), an_offer("x/y/z")), other_categories={BUTTER: 3}
)


@pytest.fixture(params=["fake", "real"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store of each kind with a fridge in it."""
    clock = FakeClock()
    if request.param == "fake":
        kept: Store = FakeStore(clock)
        await kept.put_appliance(an_appliance())
        yield kept
    else:
        async with open_store(tmp_path / "data", keys=tmp_path / "keys", clock=clock) as real:
            await real.put_appliance(an_appliance())
            yield real


def a_decision(name: str = "1") -> Decision:
    """A whole decision with its trace, as the flow makes it."""
    seen = an_impression(reaction=ReactionKind.SEEN_TOO_OFTEN, offer=an_offer("x/y/z"))
    situation = a_situation(impressions=(replace(seen, shown_at=NOON - timedelta(days=3)),))
    ids = Ids(decision=DecisionId(f"d-{name}"), placement=PlacementId(f"p-{name}"))
    return decide(situation, CANDIDATES, ids)


async def test_a_decision_comes_back_bit_for_bit(store: Store) -> None:
    """Facts, every verdict, scores and surfaces survive the store."""
    decision = a_decision()
    await store.add_decision(decision, candidates=CANDIDATES)

    found = await store.decision(decision.id)

    assert found is not None
    assert isinstance(found.outcome, Placement)
    assert found.excluded
    assert bits(found) == bits(decision)


async def test_candidates_come_back_as_they_were(store: Store) -> None:
    """By catalogue and category; others are unknown."""
    await store.add_decision(a_decision(), candidates=CANDIDATES)

    assert await store.candidates(CANDIDATES.catalogue, BUTTER) == CANDIDATES
    assert await store.candidates(CANDIDATES.catalogue, CategoryName("milk")) is None
    assert await store.candidates("cd" * 32, BUTTER) is None


async def test_no_candidates_are_not_kept(store: Store) -> None:
    """A decision without a catalogue looked at nothing."""
    await store.add_decision(a_decision(), candidates=NO_CANDIDATES)

    assert await store.candidates("", BUTTER) is None


async def test_candidates_go_with_the_decisions_about_them(store: Store) -> None:
    """Which category was looked at tells what was needed: it is forgotten too."""
    await store.add_decision(a_decision(), candidates=CANDIDATES)

    await store.forget_appliance(DeviceId(FRIDGE))

    assert await store.candidates(CANDIDATES.catalogue, BUTTER) is None


async def test_an_offer_is_redeemed_once(store: Store) -> None:
    """The second time changes nothing, an unknown one neither."""
    await store.add_decision(a_decision(), candidates=CANDIDATES)

    assert await store.redeem(PlacementId("p-1"), at=NOON)
    assert not await store.redeem(PlacementId("p-1"), at=NOON + timedelta(hours=1))
    assert not await store.redeem(PlacementId("p-nobody"), at=NOON)

    (shown,) = (await store.history(since=NOON)).impressions
    assert shown.redeemed_at == NOON
    assert shown.saving == an_offer().saving


async def test_an_answer_remembers_when_the_home_learnt_of_it(store: Store) -> None:
    """An e-reader may tell hours later."""
    await store.add_decision(a_decision(), candidates=CANDIDATES)
    later = NOON + timedelta(hours=3)
    said = Reaction(placement=PlacementId("p-1"), kind=ReactionKind.SAVE, at=NOON, noted_at=later)

    assert await store.add_reaction(said, closes=None)

    (shown,) = (await store.history(since=NOON)).impressions
    assert (shown.reacted_at, shown.noted_at) == (NOON, later)


async def test_a_store_with_room_is_healthy(store: Store) -> None:
    """Nothing keeps it from remembering."""
    assert await store.healthy()
