"""Nothing new in the household's quiet hours."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("It is your quiet time."))
def quiet_hours(situation: Situation) -> bool:
    """Holds from `quiet_from` on, until `quiet_until`, on the kitchen clock; may cross midnight."""
    start, end = situation.preferences.quiet_from, situation.preferences.quiet_until
    clock = situation.local.time()
    return start <= clock < end if start <= end else clock >= start or clock < end
