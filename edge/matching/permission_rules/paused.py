"""Nothing while the household has paused offers."""

from edge.matching.situation import Situation


def paused(situation: Situation) -> bool:
    """Holds before the instant the pause ends."""
    until = situation.preferences.paused_until
    return until is not None and situation.now < until
