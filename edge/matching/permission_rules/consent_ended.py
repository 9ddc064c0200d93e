"""No grant, no offer; asked once more, right before choosing."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("You no longer allow offers for it."), step=Step.CONSENT)
def consent_ended(situation: Situation) -> bool:
    """Holds unless the grant stands at this instant."""
    return not situation.need.grant.stands_at(situation.now)
