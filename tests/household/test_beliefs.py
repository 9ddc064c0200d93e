"""The kept belief is the one the store's readings make, whatever order they came in."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge.household.beliefs import Beliefs
from edge.needs.belief import fold
from tests.builders import DAY, a_reading, an_item
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.store import FakeStore

ITEM = an_item()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=30, unique=True))
async def test_learning_step_by_step_is_folding_at_once(hours: list[int]) -> None:
    """In whatever order the readings arrive, late ones included."""
    store, beliefs = FakeStore(FakeClock()), Beliefs()
    readings = [
        a_reading(250.0 - hour / 2, time=NOON - 20 * DAY + timedelta(hours=hour)) for hour in hours
    ]

    for reading in readings:
        await beliefs.about(ITEM, store, now=NOON)
        await store.add_readings([reading])
        beliefs.hear([reading])
    learnt = await beliefs.about(ITEM, store, now=NOON)

    assert learnt == fold(ITEM, sorted(readings, key=lambda one: one.time), ())


async def test_a_forgotten_item_starts_over() -> None:
    """Without its readings nothing is believed."""
    store, beliefs = FakeStore(FakeClock()), Beliefs()
    await store.add_readings([a_reading()])
    await beliefs.about(ITEM, store, now=NOON)

    await store.forget_readings(ITEM.id)
    beliefs.forget(ITEM.id)

    assert (await beliefs.about(ITEM, store, now=NOON)).readings == 0


async def test_an_item_that_is_described_anew_is_looked_at_anew() -> None:
    """A larger package changes what the same readings mean."""
    store, beliefs = FakeStore(FakeClock()), Beliefs()
    await store.add_readings([a_reading()])
    await beliefs.about(ITEM, store, now=NOON)

    larger = an_item(package=500.0)

    assert (await beliefs.about(larger, store, now=NOON)).item == larger
