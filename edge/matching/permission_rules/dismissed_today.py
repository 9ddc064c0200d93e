"""A dismissal uses up the day: no other offer takes the dismissed one's place."""

from edge.domain.reaction import DISMISSALS
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have said no to an offer today; no other takes its place."))
def dismissed_today(situation: Situation) -> bool:
    """Holds until local midnight once an offer shown today was dismissed."""
    return any(one.reaction in DISMISSALS for one in situation.today)
