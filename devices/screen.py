"""One surface of an appliance: what it shows now, until when, and the button to be pressed."""

from collections import deque
from datetime import datetime

from devices.placement import Placement
from devices.reactions import Person, Reaction

REMEMBERED = 32
"""Placements already answered: a retained one may arrive again after each reconnect."""


class Screen:
    """Shows one placement at a time and has it answered once."""

    def __init__(self, surface: str, person: Person) -> None:
        self._surface = surface
        self._person = person
        self._answered = deque[str](maxlen=REMEMBERED)
        self._due: Reaction | None = None
        self.shown: Placement | None = None

    def show(self, placement: Placement | None, now: datetime) -> None:
        """Show it in place of what is there; None clears, another surface's is ignored."""
        if placement and (placement.surface != self._surface or placement.until <= now):
            return
        if placement is None or self.shown is None or placement.id != self.shown.id:
            self._due = self._answer_to(placement, now)
        self.shown = placement

    def answer(self, now: datetime) -> Reaction | None:
        """The button pressed by now, once; an offer past its end is taken away unanswered."""
        if self.shown and self.shown.until <= now:
            self.shown = self._due = None
        if self._due is None or now < self._due.at:
            return None
        pressed, self._due = self._due, None
        self._answered.append(pressed.placement)
        return pressed

    def _answer_to(self, placement: Placement | None, now: datetime) -> Reaction | None:
        if placement is None or placement.id in self._answered:
            return None
        return self._person.answer(placement.id, placement.reactions, seen=now)
