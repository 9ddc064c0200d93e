"""Some hours of calm between two offers."""

from datetime import timedelta

from edge.matching.situation import Situation

MINIMUM_WAIT = timedelta(hours=3)
"""Two offers a day (the default cap) then fall into two different parts of the day."""


def minimum_wait(situation: Situation) -> bool:
    """Holds until three hours after the last offer was shown."""
    last = situation.history.last
    return last is not None and situation.now - last.shown_at < MINIMUM_WAIT
