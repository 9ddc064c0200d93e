"""A need that was answered rests until the next refill."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You have answered this already; it rests until you restock."), step=Step.NEED)
def answered_already(situation: Situation) -> bool:
    """Holds once the need was answered: it stays closed until the next refill."""
    return situation.answered
