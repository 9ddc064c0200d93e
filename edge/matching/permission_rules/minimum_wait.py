"""Some hours of calm between two offers."""

from datetime import timedelta

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

MINIMUM_WAIT = timedelta(hours=3)
"""Two offers a day (the default cap) then fall into two different parts of the day."""


@rule(sentence("The last offer was less than three hours ago."))
def minimum_wait(situation: Situation) -> bool:
    """Holds until three hours after the last offer was shown."""
    last = situation.history.last
    return last is not None and situation.now - last.shown_at < MINIMUM_WAIT
