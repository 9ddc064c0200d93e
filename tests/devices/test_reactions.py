"""What a person presses."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from devices.joining import KITCHEN
from devices.reactions import AWAKE, SHARES, Person, Reaction
from tests.devices.builders import NOON


def test_the_same_seed_presses_the_same_buttons() -> None:
    """At the same times; another seed does otherwise."""

    def pressed(seed: int) -> list[Reaction | None]:
        person = Person(seed=seed, name="fridge")
        return [person.answer(str(n), list(SHARES), seen=NOON) for n in range(20)]

    assert pressed(1) == pressed(1)
    assert pressed(1) != pressed(2)


def test_only_buttons_that_are_there_are_pressed() -> None:
    """And none, when there is none that a person knows."""
    person = Person(seed=1, name="fridge")

    pressed = [person.answer("p", ["not_now"], seen=NOON) for _ in range(9)]

    assert {answer.kind for answer in pressed if answer} == {"not_now"}
    assert person.answer("p", [], seen=NOON) is None
    assert person.answer("p", ["dance"], seen=NOON) is None


def test_every_button_is_pressed_now_and_then() -> None:
    """As often as the table says."""
    person = Person(seed=1, name="fridge")
    answers = (person.answer("p", list(SHARES), seen=NOON) for _ in range(2000))
    kinds = Counter(answer.kind for answer in answers if answer)

    assert all(abs(kinds[kind] / 2000 - share) < 0.04 for kind, share in SHARES.items())
    assert kinds.keys() == SHARES.keys()


@given(st.integers(0, 24 * 60))
def test_nobody_presses_a_button_asleep(minutes: int) -> None:
    """What is seen late is answered in the morning."""
    seen = NOON + timedelta(minutes=minutes)
    answer = Person(seed=minutes, name="fridge").answer("p", ["save"], seen=seen)

    assert answer
    assert answer.at > seen
    assert answer.at.astimezone(KITCHEN).hour in AWAKE
