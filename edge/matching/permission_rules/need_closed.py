"""No need, no offer."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("It is no longer needed."), step=Step.NEED)
def need_closed(situation: Situation) -> bool:
    """Holds when the need is not among the open ones."""
    return not situation.open
