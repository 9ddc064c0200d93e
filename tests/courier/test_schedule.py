"""When the courier goes out follows from its own dice and from nothing else."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from edge.courier.schedule import Schedule
from tests.fakes.clock import NOON

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)

instants = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds))
seeds = st.text(min_size=1, max_size=8)


def day_of(schedule: Schedule, start: datetime) -> list[datetime]:
    """All instants of the day from `start` on."""
    due = [schedule.next_after(start)]
    while due[-1] < start + DAY:
        due.append(schedule.next_after(due[-1]))
    return due[:-1]


@given(seeds, instants, instants)
def test_the_schedule_is_absolute(seed: str, one: datetime, other: datetime) -> None:
    """Whoever asks later, or after a restart, gets the same instants."""
    schedule = Schedule(seed=seed)
    early, late = sorted((one, other))
    due = schedule.next_after(early)
    assert due > early
    if late < due:
        assert Schedule(seed=seed).next_after(late) == due


@given(seeds, instants)
def test_there_are_six_pulls_a_day(seed: str, start: datetime) -> None:
    """One per four hours, give or take the one at either end of the day."""
    assert 5 <= len(day_of(Schedule(seed=seed), start)) <= 7


@given(seeds, instants)
def test_two_instants_are_three_to_five_hours_apart(seed: str, start: datetime) -> None:
    """The dice move an instant by half an hour at most."""
    schedule = Schedule(seed=seed)
    first = schedule.next_after(start)
    gap = schedule.next_after(first) - first
    assert timedelta(hours=3) <= gap <= timedelta(hours=5)


def test_homes_do_not_come_at_once() -> None:
    """Other dice, other instants."""
    firsts = {Schedule(seed=str(seed)).next_after(NOON) for seed in range(100)}
    assert len(firsts) == 100


def test_a_missed_instant_is_missed() -> None:
    """Half an interval late is too late, one tick less is not: waking up says nothing."""
    schedule = Schedule(seed="x")
    assert schedule.missed(NOON, NOON + timedelta(hours=2))
    assert not schedule.missed(NOON, NOON + timedelta(hours=2) - TICK)
