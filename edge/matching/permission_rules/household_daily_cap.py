"""The whole home sees at most so many offers a day, on all surfaces together."""

from edge.matching.situation import Situation


def household_daily_cap(situation: Situation) -> bool:
    """Holds once as many were shown since local midnight as the household allows."""
    return len(situation.today) >= situation.preferences.most_per_day
