"""What cannot be remembered is not shown: a forgotten cap or refusal would not hold."""

from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("The storage is full or damaged; nothing could be remembered."))
def storage_unhealthy(situation: Situation) -> bool:
    """Holds while the store cannot keep what is decided."""
    return not situation.storage_healthy
