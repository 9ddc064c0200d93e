"""A dismissal uses up the day: no other offer takes the dismissed one's place."""

from edge.domain.reaction import DISMISSALS
from edge.matching.situation import Situation


def dismissed_today(situation: Situation) -> bool:
    """Holds until local midnight once an offer shown today was dismissed."""
    return any(one.reaction in DISMISSALS for one in situation.today)
