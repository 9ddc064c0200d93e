"""Pauses and choices act at once."""

from datetime import UTC, datetime, timedelta

import pytest

from edge.domain.household import Preferences
from edge.domain.placement import Placement
from edge.household.choosing import FOR_GOOD, Break, choose, pause, take_a_break
from tests.builders import an_offer
from tests.fakes.clock import NOON, FakeClock
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


@pytest.mark.parametrize(
    ("length", "end"),
    [
        (Break.HOUR, NOON + timedelta(hours=1)),
        (Break.TOMORROW, datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        (Break.FOR_GOOD, FOR_GOOD),
        (Break.OVER, None),
    ],
)
async def test_a_break_lasts_as_long_as_its_name(length: Break, end: datetime | None) -> None:
    """Tomorrow begins at midnight on the kitchen clock, which is 23:00 UTC in winter."""
    house = House()
    await take_a_break(house.home, length)

    assert (await house.store.preferences()).paused_until == end


async def test_tomorrow_begins_at_midnight_also_when_the_clocks_change() -> None:
    """The night of 28 March 2027 has 23 hours; the next day begins at its own midnight."""
    house = House(clock=FakeClock(datetime(2027, 3, 28, 10, 0, tzinfo=UTC)))
    await take_a_break(house.home, Break.TOMORROW)

    assert (await house.store.preferences()).paused_until == datetime(
        2027, 3, 28, 22, 0, tzinfo=UTC
    )


def test_a_break_for_good_can_be_told_in_every_time_zone() -> None:
    """The last instant of all would overflow east of Greenwich."""
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        assert Preferences(timezone=zone).local(FOR_GOOD).year in {9998, 9999}
