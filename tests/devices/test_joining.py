"""When an appliance joins a life."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.bookshelf import BUILT_IN as READER
from devices.bookshelf import read_on
from devices.household import BUILT_IN
from devices.joining import KITCHEN, LOW_DAYS, LOW_FROM, LOW_UNTIL, Joined, join
from devices.larder import DAY, Change, Larder
from devices.living import LIFE_DAYS, live
from devices.purchases import Purchases
from devices.replay import replay
from tests.devices.builders import NOON

LIVES = {
    "household": live(BUILT_IN, seed=1),
    "reader": read_on(READER, seed=1, days=LIFE_DAYS),
    "replay": replay(Purchases(household="1", days={"butter": tuple(range(0, 300, 13))})),
}


@pytest.mark.parametrize("name", LIVES)
@pytest.mark.parametrize("weekday", range(7))
def test_something_runs_low_soon_after_joining(name: str, weekday: int) -> None:
    """Whatever the weekday: not low on the afternoon before, low on the second day."""
    larder = LIVES[name]
    midnight = join(larder, at=NOON + timedelta(days=weekday)).day * DAY

    assert low_at(larder, midnight + LOW_UNTIL) - low_at(larder, midnight + LOW_FROM - 1)


def low_at(larder: Larder, hour: float) -> set[str]:
    return {i for i in larder.items if larder.amount(i, hour) < LOW_DAYS * larder.per_day(i)}


@pytest.mark.parametrize("weekday", range(7))
def test_a_household_keeps_its_weekdays(weekday: int) -> None:
    """Who shops on Saturdays does so after joining too."""
    at = NOON + timedelta(days=weekday)

    assert join(LIVES["household"], at=at).day % 7 == at.astimezone(KITCHEN).weekday()


def test_a_life_without_lows_can_be_joined_too() -> None:
    """Nothing to be seen is no error."""
    assert join(Larder({}, days=728), at=NOON).day % 7 == 3


def test_what_is_low_for_a_moment_only_is_not_waited_for() -> None:
    """Butter is bought hours after it ran low, eggs three days after: the day is the eggs'."""
    butter_low, eggs_low = (3 + 7 * 7) * DAY + 12, (3 + 7 * 9) * DAY + 12  # Thursdays
    larder = Larder(
        {
            "butter": steps(butter_low, until=butter_low + 12),
            "eggs": steps(eggs_low, until=eggs_low + 72),
        },
        days=140,
    )

    assert join(larder, at=NOON).day == 3 + 7 * 9


def steps(low: float, *, until: float) -> list[Change]:
    """A steady fall over the days before, low from one hour until another."""
    falling = [Change(hour=day * DAY, amount=1000 - day) for day in range(int(low // DAY))]
    return [*falling, Change(hour=low, amount=1), Change(hour=until, amount=1000)]


@given(hours=st.integers(-24 * 40, 24 * 40))
def test_hours_and_instants_meet(hours: int) -> None:
    """What `hour` says, `moment` undoes; noon in Greenwich is one o'clock in the kitchen."""
    joined = Joined(at=NOON, day=100)
    moment = NOON + timedelta(hours=hours)

    assert joined.hour(NOON) == 100 * DAY + 13
    assert joined.moment(joined.hour(moment)) == moment
