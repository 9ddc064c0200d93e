"""Not what somebody said they are not interested in."""

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import ReactionKind
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you are not interested in it"), step=Step.OFFER, looks_at=CapScope.LINE_ITEM)
def not_interested(offer: Offer, situation: Situation) -> bool:
    """Holds for the whole line item, as long as the history remembers it."""
    return any(
        one.reaction is ReactionKind.NOT_INTERESTED
        for one in situation.seen(CapScope.LINE_ITEM, offer)
    )
