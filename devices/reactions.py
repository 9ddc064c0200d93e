"""What a person presses when an offer is shown, and when: seeded, and all assumed.

No public data was found on how people react to offers on appliances; the shares below make every
button appear now and then. They say nothing about real acceptance.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from devices.joining import KITCHEN

SHARES: dict[str, float] = {
    "save": 0.40,
    "helpful": 0.25,
    "not_now": 0.15,
    "already_have_it": 0.08,
    "not_interested": 0.06,
    "seen_too_often": 0.03,
    "inappropriate": 0.01,
    "not_me": 0.02,
}
"""How often each button is pressed, of the times that one is; assumed."""

DELAY = (timedelta(minutes=30), timedelta(hours=3))
"""Between seeing and pressing: long enough to be seen by whoever watches the emulation; assumed."""

AWAKE = range(7, 22)
"""The hours of the kitchen clock in which buttons are pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One press of a button.

    Attributes:
        placement: The placement it answers.
        kind: `save`, `not_now`, … as docs/wire/placement.md names them.
        at: UTC.
    """

    placement: str
    kind: str
    at: datetime


class Person:
    """Somebody in front of the appliance."""

    def __init__(self, *, seed: int, name: str) -> None:
        self._dice = random.Random(f"{seed}/person/{name}")

    def answer(self, placement: str, buttons: Sequence[str], *, seen: datetime) -> Reaction | None:
        """Which of the buttons is pressed, and when; None when there is none that they know."""
        known = [button for button in buttons if button in SHARES]
        if not known:
            return None
        kind = self._dice.choices(known, [SHARES[button] for button in known])[0]
        at = seen + DELAY[0] + self._dice.random() * (DELAY[1] - DELAY[0])
        return Reaction(placement=placement, kind=kind, at=_when_awake(at))


def _when_awake(at: datetime) -> datetime:
    """That instant, or the next morning's first hour."""
    while at.astimezone(KITCHEN).hour not in AWAKE:
        at += timedelta(hours=1)
    return at
