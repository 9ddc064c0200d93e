"""Every decision can be made again, and comes out the same, bit for bit."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from edge.domain.household import Preferences
from edge.domain.placement import Decision, Placement, Silence
from edge.domain.reaction import Reaction, ReactionKind
from edge.domain.replay import Obstacle, Replay
from edge.errors import RefusedError
from edge.household.choosing import choose
from edge.household.forgetting import forget
from edge.household.reacting import react
from edge.household.replaying import replay
from edge.matching.dice import Dice
from tests.builders import DAY, FRIDGE, a_reading, an_offer
from tests.fakes.clock import NOON
from tests.house import House, a_catalogue

MONTH = 30
PACKAGE = 250.0
A_QUARTER = timedelta(hours=6)


async def made_again(house: House, decision: Decision) -> Replay:
    """The decision, replayed."""
    found = await replay(house.home, decision.id)
    assert found is not None
    return found


async def a_month(house: House) -> None:
    """Thirty days: butter is used up and bought, offers are answered in every way."""
    dice, left = random.Random(6), 60.0
    for quarter in range(4 * MONTH):
        house.clock.move(A_QUARTER)
        left = PACKAGE if left < 10 else left - dice.uniform(5, 12)
        await house.flow.on_readings([a_reading(left, time=house.clock.now())])
        if quarter % 28 == 0:
            ends = house.clock.now() + 9 * DAY
            fresh = a_catalogue(
                *(
                    an_offer(f"lind/week-{quarter}/{n}", price=150 + n, flight=(NOON - DAY, ends))
                    for n in range(5)
                )
            )
            house.shelf.catalogue = replace(fresh, digest=f"{quarter:064x}", expires_at=ends)
        standing = await house.store.standing()
        if standing and dice.random() < 0.5:
            kind = dice.choice([ReactionKind.HELPFUL, ReactionKind.SAVE, ReactionKind.NOT_NOW])
            at = house.clock.now() - timedelta(hours=1)
            await react(house.home, Reaction(placement=standing.id, kind=kind, at=at))


async def test_every_decision_of_a_month_comes_out_the_same_again() -> None:
    """Offers, silences, refusals: thirty days later each is made again to the same bytes."""
    house = House()
    await house.move_in()
    await house.use_butter(until=60.0)
    await a_month(house)

    decisions = await house.store.decisions(limit=2_000)
    different = [one.id for one in decisions if not (await made_again(house, one)).same]

    assert different == []
    assert len(decisions) >= 15
    assert sum(isinstance(one.outcome, Placement) for one in decisions) >= 3
    assert sum(one.facts is not None for one in decisions) > 10


async def test_other_dice_are_noticed() -> None:
    """Replaying recomputes: with another home's dice an explored score differs."""
    house = House()
    await house.move_in()
    await house.use_butter()
    decision = (await house.store.decisions(limit=1))[0]
    house.home = replace(house.home, dice=Dice(key=b"another home"))

    assert not (await made_again(house, decision)).same


async def test_a_changed_rule_is_named() -> None:
    """The record says that nothing spoke against it; the rule of today would."""
    house = House()
    await house.move_in()
    await house.use_butter()
    decision = (await house.store.decisions(limit=1))[0]
    assert decision.facts is not None
    paused = replace(decision.facts.preferences, paused_until=house.clock.now() + DAY)
    altered = replace(decision, facts=replace(decision.facts, preferences=paused))
    house.store._decisions[-1] = altered

    found = await made_again(house, altered)

    assert not found.same
    assert found.changed_rules == ("paused",)


async def test_a_what_if_leaves_a_rule_out() -> None:
    """In quiet hours nothing was shown; without them butter would have been."""
    house = House()
    quiet = Preferences(quiet_from=Preferences().quiet_until, quiet_until=Preferences().quiet_from)
    await choose(house.home, quiet)
    await house.move_in()
    await house.use_butter()
    decision = (await house.store.decisions(limit=1))[0]
    assert isinstance(decision.outcome, Silence)

    found = await replay(house.home, decision.id, without=["quiet_hours"])

    assert found is not None
    assert found.again is not None
    assert isinstance(found.again.outcome, Placement)
    assert found.changed_rules == ("quiet_hours",)


@pytest.mark.parametrize("name", ["moon_phase", "consent_ended", "need_closed"])
async def test_a_promise_is_never_left_out(name: str) -> None:
    """Nor is a rule that does not exist."""
    with pytest.raises(RefusedError):
        await replay(House().home, Decision.__name__, without=[name])  # type: ignore[arg-type]  # any key will do


async def test_what_was_forgotten_is_not_made_up() -> None:
    """A forgotten impression changes the history: the replay says so instead of guessing."""
    house = House()
    await house.move_in()
    await house.use_butter()
    standing = await house.store.standing()
    assert standing is not None
    house.clock.move(timedelta(hours=7))
    await house.flow.look_around()
    later = (await house.store.decisions(limit=1))[0]
    house.store._impressions.clear()

    assert (await made_again(house, later)).obstacle is Obstacle.HISTORY_FORGOTTEN


async def test_a_catalogue_that_was_let_go_is_named() -> None:
    """The candidates are no longer kept."""
    house = House()
    await house.move_in()
    await house.use_butter()
    decision = (await house.store.decisions(limit=1))[0]
    house.store._candidates.clear()

    assert (await made_again(house, decision)).obstacle is Obstacle.CATALOGUE_LET_GO


async def test_an_unknown_decision_is_not_replayed() -> None:
    """A forgotten appliance takes its decisions along."""
    house = House()
    await house.move_in()
    await house.use_butter()
    decision = (await house.store.decisions(limit=1))[0]

    await forget(house.home, FRIDGE)

    assert await replay(house.home, decision.id) is None
