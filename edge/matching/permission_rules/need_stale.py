"""A need is worked out anew before it is acted on."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("What is known about it is too old to act on."), step=Step.NEED)
def need_stale(situation: Situation) -> bool:
    """Holds from `valid_until` on."""
    return situation.now >= situation.need.need.valid_until
