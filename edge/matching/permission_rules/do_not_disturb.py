"""Nothing new at meals, on a Sunday afternoon, whenever the household said so."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You do not want to be disturbed now."))
def do_not_disturb(situation: Situation) -> bool:
    """Holds within each recurring time that the household named."""
    return any(part.covers(situation.local) for part in situation.preferences.do_not_disturb)
