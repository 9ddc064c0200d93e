"""Pauses and choices act at once."""

from datetime import timedelta

from edge.domain.household import Preferences
from edge.domain.placement import Placement
from edge.household.choosing import choose, pause
from tests.builders import an_offer
from tests.fakes.clock import NOON
from tests.house import House, a_catalogue


async def test_a_pause_clears_the_surface_until_it_ends() -> None:
    """Paused for an hour: nothing; after it the need is still there."""
    house = House()
    twice, loud = an_offer(per_day=2), an_offer("lind-butter/week-48/loud", per_day=2)
    house.shelf.catalogue = a_catalogue(twice, loud)
    await house.move_in()
    await house.use_butter()

    await pause(house.home, until=NOON + timedelta(hours=1))
    assert house.surfaces.shown == {}
    await house.flow.look_around()
    assert house.reason == "paused"

    house.clock.move(timedelta(hours=3))
    await house.flow.look_around()
    assert isinstance(house.outcome, Placement)


async def test_switching_a_surface_off_clears_it() -> None:
    """At once, not at the next decision."""
    house = House()
    await house.move_in()
    await house.use_butter()

    await choose(house.home, Preferences(blocked_surfaces=frozenset({"fridge.door"})))

    assert house.surfaces.shown == {}


async def test_ending_a_pause_keeps_the_other_choices() -> None:
    """Only the pause ends."""
    house = House()
    await choose(house.home, Preferences(most_per_day=1, paused_until=NOON))

    await pause(house.home, until=None)

    assert await house.store.preferences() == Preferences(most_per_day=1)
