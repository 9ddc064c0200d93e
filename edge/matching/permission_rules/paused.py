"""Nothing while the household has paused offers."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have paused offers."))
def paused(situation: Situation) -> bool:
    """Holds before the instant the pause ends."""
    until = situation.preferences.paused_until
    return until is not None and situation.now < until
