"""One surface and the button beside it."""

from datetime import timedelta

from devices.placement import Placement, parse_placement
from devices.reactions import DELAY, Person
from devices.screen import Screen
from tests.devices.builders import NOON, a_placement_body

SOON = NOON + DELAY[1]


def a_screen() -> Screen:
    return Screen("fridge.door", Person(seed=1, name="fridge"))


def a_placement(**changes: object) -> Placement:
    return parse_placement(a_placement_body(**changes))


def test_a_placement_is_answered_once() -> None:
    """Not at once, and never again, even when it arrives a second time."""
    screen = a_screen()
    screen.show(a_placement(), NOON)

    assert screen.answer(NOON + DELAY[0] - timedelta(seconds=1)) is None
    pressed = screen.answer(SOON)
    screen.show(a_placement(), SOON)

    assert pressed
    assert pressed.placement == "p-1"
    assert NOON + DELAY[0] <= pressed.at <= SOON
    assert screen.answer(SOON + timedelta(hours=1)) is None


def test_an_answered_placement_that_comes_back_is_not_answered_again() -> None:
    """A retained message after a restart of the runtime: cleared in between, and still known."""
    tomorrow = NOON + timedelta(days=1)
    lasting = a_placement(until=int(tomorrow.timestamp()) + 1)
    screen = a_screen()
    screen.show(lasting, NOON)
    assert screen.answer(SOON)

    screen.show(None, SOON)
    screen.show(lasting, SOON)

    assert screen.answer(tomorrow) is None


def test_the_same_placement_again_keeps_the_person_thinking() -> None:
    """A retained message after a reconnect does not start the time anew."""
    screen = a_screen()
    screen.show(a_placement(), NOON)
    screen.show(a_placement(), NOON + timedelta(minutes=50))

    assert screen.answer(SOON)


def test_an_empty_placement_clears_the_surface() -> None:
    """And nobody answers what is gone."""
    screen = a_screen()
    screen.show(a_placement(), NOON)
    screen.show(None, NOON)

    assert screen.shown is None
    assert screen.answer(SOON) is None


def test_another_surfaces_placement_is_ignored() -> None:
    """What is shown stays."""
    screen = a_screen()
    screen.show(a_placement(), NOON)
    screen.show(a_placement(placement="p-2", surface="ereader.lock"), NOON)

    assert screen.shown == a_placement()


def test_an_offer_is_taken_away_at_its_end() -> None:
    """At `until`, and not a second earlier; one that has ended is never shown."""
    end = NOON + timedelta(minutes=30)
    ending = a_placement(until=int(end.timestamp()))
    screen = a_screen()
    screen.show(ending, NOON)

    shown = []
    for now in (end - timedelta(seconds=1), end):
        screen.answer(now)
        shown.append(screen.shown)
    screen.show(ending, end)

    assert [*shown, screen.shown] == [ending, None, None]
