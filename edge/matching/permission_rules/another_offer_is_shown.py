"""One household, one placement at a time."""

from edge.matching.situation import Situation


def another_offer_is_shown(situation: Situation) -> bool:
    """Holds while a placement stands on any surface."""
    return situation.standing is not None
