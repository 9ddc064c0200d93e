"""The courier goes out when its schedule says and consent allows, and never otherwise."""

import json
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edge.courier.clock import Clock
from edge.courier.courier import Courier
from edge.courier.schedule import Schedule
from tests.courier.test_subscription import fields
from tests.fakes.clock import NOON

SCHEDULE = Schedule(seed="test")


class StandingClock(Clock):
    """A clock that the test moves."""

    instant: datetime = NOON

    def now(self) -> datetime:
        """The instant it was moved to."""
        return StandingClock.instant


@pytest.fixture
def move() -> Callable[[datetime], None]:
    """Moves the courier's clock."""

    def to(instant: datetime) -> None:
        StandingClock.instant = instant

    to(NOON)
    return to


class Home:
    """A courier before a relay that nobody answers, which counts who knocks."""

    def __init__(self, folder: Path, relay: socket.socket) -> None:
        self._relay = relay
        self.exchange = folder / "exchange"
        self.exchange.mkdir()
        self._state = folder / "state"
        port = relay.getsockname()[1]
        self._content = fields(relay=f"127.0.0.1:{port}", ca="nothing to pin")

    def subscribe(self, *, on: bool = True) -> None:
        """Write the subscription."""
        content = json.dumps({**self._content, "on": on})
        (self.exchange / "subscription.json").write_text(content)

    def courier(self) -> Courier:
        """One that has just started."""
        return Courier(
            exchange=self.exchange, state=self._state, clock=StandingClock(), schedule=SCHEDULE
        )

    def attempts(self) -> int:
        """How many pulls were begun; each has its greeting on record."""
        egress = self.exchange / "egress"
        return sum(path.read_text().count('"at"') for path in egress.glob("*"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose relay is a closed door."""
    with socket.socket() as relay:
        relay.bind(("127.0.0.1", 0))
        return Home(tmp_path, relay)


@pytest.mark.parametrize("on", [True, False, None])
def test_before_its_time_nothing_leaves(
    home: Home, move: Callable[[datetime], None], *, on: bool | None
) -> None:
    """Neither a start nor a subscription that was just switched on makes it go."""
    courier = home.courier()
    if on is not None:
        home.subscribe(on=on)
    move(SCHEDULE.next_after(NOON) - timedelta(microseconds=1))
    assert courier.step() < 1
    assert home.attempts() == 0


@pytest.mark.parametrize(("on", "attempts"), [(True, 1), (False, 0), (None, 0)])
def test_at_its_time_consent_decides(
    home: Home, move: Callable[[datetime], None], *, on: bool | None, attempts: int
) -> None:
    """On is one attempt; off or no file is none."""
    courier = home.courier()
    if on is not None:
        home.subscribe(on=on)
    move(SCHEDULE.next_after(NOON))
    courier.step()
    assert home.attempts() == attempts


def test_a_failed_pull_waits_for_the_next_instant(
    home: Home, move: Callable[[datetime], None]
) -> None:
    """There is no retry: a failure looks like a success from outside."""
    courier = home.courier()
    home.subscribe()
    move(due := SCHEDULE.next_after(NOON))
    courier.step()
    for minutes in range(1, 120):
        move(due + timedelta(minutes=minutes))
        courier.step()
    assert home.attempts() == 1
    move(SCHEDULE.next_after(due))
    courier.step()
    assert home.attempts() == 2


def test_waking_up_late_is_not_a_reason_to_go(home: Home, move: Callable[[datetime], None]) -> None:
    """An instant that was slept through is over; the next one is kept."""
    courier = home.courier()
    home.subscribe()
    move(SCHEDULE.next_after(NOON) + timedelta(hours=2))
    courier.step()
    assert home.attempts() == 0


def test_a_restart_changes_no_instant(home: Home, move: Callable[[datetime], None]) -> None:
    """A courier that starts a tick before its time goes at its time."""
    home.subscribe()
    move(SCHEDULE.next_after(NOON) - timedelta(seconds=1))
    courier = home.courier()
    move(SCHEDULE.next_after(NOON))
    courier.step()
    assert home.attempts() == 1
