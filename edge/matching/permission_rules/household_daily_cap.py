"""The whole home sees at most so many offers a day, on all surfaces together."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have seen as many offers today as you allow."))
def household_daily_cap(situation: Situation) -> bool:
    """Holds once as many were shown since local midnight as the household allows."""
    return len(situation.today) >= situation.preferences.most_per_day
