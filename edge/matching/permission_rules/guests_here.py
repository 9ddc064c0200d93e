"""Nothing while somebody is visiting: what a home needs is not for guests to read."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have guests."))
def guests_here(situation: Situation) -> bool:
    """Holds before the instant at which the visit ends."""
    until = situation.preferences.guests_until
    return until is not None and situation.now < until
