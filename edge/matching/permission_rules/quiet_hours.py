"""Nothing new in the household's quiet hours."""

from edge.matching.situation import Situation


def quiet_hours(situation: Situation) -> bool:
    """Holds from `quiet_from` on, until `quiet_until`, on the kitchen clock; may cross midnight."""
    start, end = situation.preferences.quiet_from, situation.preferences.quiet_until
    clock = situation.preferences.local(situation.now).time()
    return start <= clock < end if start <= end else clock >= start or clock < end
