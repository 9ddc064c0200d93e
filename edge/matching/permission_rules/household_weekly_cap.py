"""The whole home sees at most so many offers in seven days, on all surfaces together."""

from edge.domain.frequency import CapSpan
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have seen as many offers this week as you allow."))
def household_weekly_cap(situation: Situation) -> bool:
    """Holds once as many were shown in the last seven days as the household allows."""
    week = situation.history.since(situation.starts[CapSpan.WEEK])
    return len(week) >= situation.preferences.most_per_week
