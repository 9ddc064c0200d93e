"""What the readings of an item say: what is left, and whether there is a need."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.truth import START, Shelf, instant, item, live, reading, weigh
from edge.domain.item import EvidenceKind
from edge.domain.need import EvidenceFact
from edge.domain.reading import Reading
from edge.needs.belief import begin, learn
from edge.needs.horizon import stale_after
from edge.needs.outlook import Outlook, look, outlook

BUTTER = item()
HOUR = 1.0 / 24.0
TICK = timedelta(microseconds=1)


def butter(*levels: float, every: float = 6 * HOUR, since: float = 0.0) -> list[Reading]:
    """Levels at equal distances."""
    return [reading(since + every * step, level) for step, level in enumerate(levels)]


def falling(start: float, *, by: float, steps: int, since: float = 0.0) -> list[Reading]:
    """A level that falls evenly, four readings a day."""
    return butter(*(max(start - by * step, 0.0) for step in range(steps)), since=since)


def at_end(readings: list[Reading]) -> Outlook:
    """The outlook at the newest reading."""
    return outlook(BUTTER, readings, now=readings[-1].time)


LOW = falling(250.0, by=5.0, steps=46)
"""20 g a day for eleven days, 25 g left."""


def test_a_package_nearly_used_up_is_a_need() -> None:
    """25 g of butter at 20 g a day will not last three days."""
    need = at_end(LOW).need
    assert need is not None
    assert need.probability >= 0.7


def test_a_full_package_is_no_need() -> None:
    """Two days into a package there is enough."""
    seen = at_end(LOW[:8])
    assert (seen.need, seen.reason) == (None, "enough_left")


def test_the_estimate_is_the_truth_of_even_use() -> None:
    """Level and rate of an even use are found within a few per cent."""
    estimate = at_end(LOW).estimate
    assert estimate is not None
    assert estimate.left == pytest.approx(25.0, abs=3.0)
    assert estimate.rate == pytest.approx(20.0, rel=0.15)


def test_a_need_says_what_is_left_and_how_it_goes() -> None:
    """The first two facts are the level and the rate."""
    need = at_end(LOW).need
    assert need is not None
    assert [fact.fact for fact in need.evidence[:2]] == [EvidenceFact.LEFT, EvidenceFact.RATE]


def test_two_readings_are_not_enough() -> None:
    """Two may be a coincidence."""
    assert at_end(butter(20.0, 20.0)).reason == "too_few_readings"
    assert at_end(butter(20.0, 20.0, 20.0)).reason != "too_few_readings"


def test_no_readings_are_no_estimate() -> None:
    """Who has heard nothing says nothing."""
    assert outlook(BUTTER, [], now=START) == Outlook(
        estimate=None, need=None, reason="too_few_readings"
    )


def test_a_door_has_no_amount() -> None:
    """Context says nothing about an amount."""
    door = item(evidence=EvidenceKind.CONTEXT)
    assert outlook(door, butter(1.0, 0.0, 1.0), now=instant(1)).reason == "no_amount"


def test_a_silent_sensor_goes_stale() -> None:
    """A need stands until its readings are too old, and not an instant longer."""
    stale = LOW[-1].time + stale_after(BUTTER)
    assert outlook(BUTTER, LOW, now=stale - TICK).need is not None
    assert outlook(BUTTER, LOW, now=stale).reason == "stale"


def test_a_need_is_valid_no_longer_than_its_readings() -> None:
    """Its end is where it goes stale, at most a day ahead."""
    late = LOW[-1].time + stale_after(BUTTER) - timedelta(hours=1)
    need = outlook(BUTTER, LOW, now=late).need
    assert need is not None
    assert need.valid_until == late + timedelta(hours=1)


def test_a_need_keeps_its_id_until_the_next_refill() -> None:
    """Further readings of the same package are the same need; the next package's is another."""
    more = [*LOW, *butter(22.0, 18.0, since=11.75)]
    refilled = [*more, *falling(250.0, by=5.0, steps=46, since=13.0)]
    first, second, third = (at_end(readings).need for readings in (LOW, more, refilled))
    assert first is not None
    assert second is not None
    assert third is not None
    assert first.id == second.id != third.id


def test_a_refill_closes_the_need() -> None:
    """Two readings of a full package and the need is met."""
    assert at_end([*LOW, *butter(250.0, 250.0, since=11.75)]).reason == "enough_left"


def test_one_high_reading_is_not_a_refill() -> None:
    """A jar put down on the scale for a moment does not meet the need."""
    jarred = [*LOW, *butter(300.0, 24.0, 24.0, since=11.4, every=0.25 * HOUR)]
    assert at_end(jarred).need is not None


def test_a_lifted_package_is_not_an_empty_place() -> None:
    """The butter on the breakfast table is not gone."""
    lifted = [*LOW[:12], *butter(0.0, 0.0, 0.0, 0.0, since=3.0, every=0.25 * HOUR)]
    assert at_end(lifted).reason == "enough_left"


def test_a_place_that_stays_empty_is_empty() -> None:
    """What is gone for half a day is gone."""
    gone = [*LOW[:12], *butter(*[0.0] * 24, since=3.0, every=0.5 * HOUR)]
    need = at_end(gone).need
    assert need is not None
    assert need.probability == pytest.approx(1.0, abs=0.01)


def test_a_spill_does_not_change_the_habit() -> None:
    """A quarter of a kilo lost at once does not double the rate."""
    spilt = [*falling(500.0, by=5.0, steps=40), *falling(50.0, by=5.0, steps=6, since=10.0)]
    estimate = at_end(spilt).estimate
    assert estimate is not None
    assert estimate.rate < 30.0


def test_the_fold_is_the_same_as_learning_one_by_one() -> None:
    """Whoever keeps the belief gets the same answer as whoever folds anew, in any order."""
    belief = begin(BUTTER)
    for one in LOW:
        belief = learn(belief, one)
    shuffled = random.Random(3).sample(LOW, len(LOW))
    assert look(belief, now=instant(12)) == outlook(BUTTER, shuffled, now=instant(12))


def test_a_reading_said_twice_changes_nothing() -> None:
    """Duplicates are idempotent."""
    assert at_end([*LOW, *LOW]) == at_end(LOW)


def test_the_future_is_not_looked_at() -> None:
    """Readings after `now` count for nothing."""
    now = LOW[20].time
    assert outlook(BUTTER, LOW, now=now) == outlook(BUTTER, LOW[:21], now=now)


def test_a_need_stays_open_while_it_is_likelier_than_not() -> None:
    """An open need does not flicker: the same level opens none, but keeps one open."""
    opening = LOW[:-1]
    opened = next(end for end in range(3, len(opening)) if at_end(opening[:end]).need is not None)
    kept = [*opening[:opened], replace(opening[opened], value=opening[opened - 1].value + 4.0)]
    need = at_end(kept).need
    assert need is not None
    assert need.opened_at == opening[opened - 1].time


def noisy(level: float, count: int, *, since: float, seed: int = 1) -> list[Reading]:
    """Quarter hours of one level, with a noise of 2."""
    dice = random.Random(seed)
    levels = (level + dice.gauss(0.0, 2.0) for _ in range(count))
    return butter(*levels, every=0.25 * HOUR, since=since)


def test_a_stuck_sensor_is_not_believed_and_the_household_is_told() -> None:
    """The same value for hours, from a sensor that never held still: no estimate, no need."""
    stuck = [*noisy(20.0, 96, since=0.0), *butter(*[21.0] * 30, every=0.25 * HOUR, since=1.0)]
    seen = at_end(stuck)
    assert (seen.estimate, seen.need, seen.reason) == (None, None, "sensor_stuck")


def test_a_jumping_sensor_is_not_believed() -> None:
    """Any value at any time: nothing can be followed."""
    dice = random.Random(2)
    wild = butter(*(dice.uniform(0.0, 500.0) for _ in range(60)), every=0.25 * HOUR, since=1.0)
    assert at_end([*noisy(120.0, 96, since=0.0), *wild]).reason == "sensor_jumping"


def test_a_replayed_day_is_not_believed() -> None:
    """Yesterday's recording, played again."""
    day = noisy(120.0, 96, since=0.0)
    again = butter(*(one.value for one in day[:40]), every=0.25 * HOUR, since=1.0)
    assert at_end([*day, *again]).reason == "sensor_replaying"


def test_a_doubted_sensor_is_believed_again_when_it_behaves() -> None:
    """Two days of honest readings after the jumping, and the level is known again."""
    dice = random.Random(2)
    wild = butter(*(dice.uniform(0.0, 500.0) for _ in range(60)), every=0.25 * HOUR, since=1.0)
    healed = [*noisy(120.0, 96, since=0.0), *wild, *noisy(90.0, 192, since=2.0, seed=9)]
    estimate = at_end(healed).estimate
    assert estimate is not None
    assert estimate.left == pytest.approx(90.0, abs=4.0)


values = st.floats(0.0, 1e9) | st.sampled_from([0.0, 20.0, 250.0])


@given(levels=st.lists(values, min_size=1, max_size=80), hours=st.floats(0.01, 30.0))
def test_a_lying_sensor_makes_one_need_a_day_at_most(levels: list[float], hours: float) -> None:
    """Whatever it says, however often, there are no more needs than days."""
    belief, seen = begin(BUTTER), set()
    for one in butter(*levels, every=hours * HOUR):
        belief = learn(belief, one)
        found = look(belief, now=one.time)
        seen |= {found.need.id} if found.need else set()
    days = hours * len(levels) / 24.0
    assert len(seen) <= days + 2


def test_a_sensor_that_refills_every_ten_hours_makes_one_need_a_day() -> None:
    """Full, empty, full, empty: the liar is asked about once a day at most, however it tries."""
    lies = butter(*[*[250.0] * 5, *[2.0] * 5] * 24, every=HOUR)
    belief, seen = begin(BUTTER), dict[object, set[str]]()
    for one in lies:
        belief = learn(belief, one)
        found = look(belief, now=one.time)
        if found.need:
            seen.setdefault(one.time.date(), set()).add(found.need.id)
    ids = set().union(*seen.values())
    assert 2 <= len(ids) <= 11


@given(levels=st.lists(values, min_size=3, max_size=60), hours=st.floats(0.01, 60.0))
def test_an_outlook_has_a_need_or_a_reason(levels: list[float], hours: float) -> None:
    """Exactly one of the two, and never a level below nothing."""
    seen = at_end(butter(*levels, every=hours * HOUR))
    assert (seen.need is None) == bool(seen.reason)
    assert seen.estimate is None or seen.estimate.left >= 0.0


def test_lived_butter_is_asked_for_before_it_is_gone() -> None:
    """In five emulated homes, most run-outs are announced the day before."""
    told = [announced for seed in range(5) for announced in _announced(seed)]
    assert sum(told) >= 0.6 * len(told)


def _announced(seed: int) -> list[bool]:
    """Of each run-out in sixty days, whether there was a need the day before."""
    dice, shelf = random.Random(seed), Shelf()
    story = live(shelf, 60, dice)
    readings = weigh(shelf, story, 60, dice)
    evenings = [instant(day - 1.0) for day in story.emptied if day > 7.0]
    return [outlook(BUTTER, readings, now=evening).need is not None for evening in evenings]
