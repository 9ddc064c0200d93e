"""No overbuying: there is enough in another place."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("There is enough of it elsewhere at home."), step=Step.NEED)
def enough_elsewhere(situation: Situation) -> bool:
    """Holds while another place at home holds enough of the same."""
    return situation.enough_elsewhere
