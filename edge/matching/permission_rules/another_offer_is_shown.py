"""One household, one placement at a time."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("Another offer is being shown; there is only one at a time."))
def another_offer_is_shown(situation: Situation) -> bool:
    """Holds while a placement stands on any surface."""
    return situation.standing is not None
