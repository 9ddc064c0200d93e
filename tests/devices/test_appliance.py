"""An appliance, step by step."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from devices.appliance import LIVE_EVERY, Appliance, Measurement, grid
from devices.placement import parse_placement
from devices.reactions import Person
from devices.run import Emulation
from tests.devices.builders import NOON, a_placement_body


def an_appliance(seed: int = 1) -> Appliance:
    sensors = Emulation(kind="fridge", seed=seed).sensors(joined=NOON)
    return Appliance(sensors, Person(seed=seed, name="fridge"), since=NOON)


def lived(appliance: Appliance, *, days: int) -> list[Measurement]:
    """Everything it measures in so many days of hourly steps."""
    hours = (NOON + timedelta(hours=hour) for hour in range(1, days * 24 + 1))
    return [one for hour in hours for one in appliance.step(hour).measurements]


def test_the_same_seed_measures_the_same_days() -> None:
    """Each run can be repeated; another seed is another home."""
    assert lived(an_appliance(), days=3) == lived(an_appliance(), days=3)
    assert lived(an_appliance(seed=2), days=3) != lived(an_appliance(), days=3)


def test_what_it_recalls_ends_where_living_begins() -> None:
    """Nothing twice, nothing left out, nothing older than asked for."""
    appliance = an_appliance()
    recalled = appliance.recall(21)
    measured = appliance.step(NOON + timedelta(hours=1)).measurements

    assert max(one.time for one in recalled) <= NOON < min(one.time for one in measured)
    assert min(one.time for one in recalled) > NOON - timedelta(days=21)
    assert 21 * 4 * 5 <= len(recalled) < 1000


def test_a_clock_that_stands_still_measures_nothing() -> None:
    """Nor one that goes back."""
    appliance = an_appliance()
    appliance.step(NOON + timedelta(hours=2))

    assert appliance.step(NOON + timedelta(hours=2)).measurements == []
    assert appliance.step(NOON + timedelta(hours=1)).measurements == []


def test_what_is_shown_is_answered_after_a_while() -> None:
    """By a button of the placement."""
    appliance = an_appliance()
    appliance.show(parse_placement(a_placement_body()), NOON)

    reactions = [appliance.step(NOON + timedelta(hours=hour)).reaction for hour in range(6)]
    pressed = [reaction for reaction in reactions if reaction]

    assert [reaction.placement for reaction in pressed] == ["p-1"]


@given(start=st.integers(0, 10**9), seconds=st.integers(0, 10**5))
def test_the_grid_has_no_gaps(start: int, seconds: int) -> None:
    """Whole hours, however the time is cut."""
    middle = NOON + timedelta(seconds=start)
    end = middle + timedelta(seconds=seconds)
    begin = middle - timedelta(hours=3)

    assert grid(begin, middle, LIVE_EVERY) + grid(middle, end, LIVE_EVERY) == grid(
        begin, end, LIVE_EVERY
    )
    assert len(grid(begin, middle, LIVE_EVERY)) == 3
