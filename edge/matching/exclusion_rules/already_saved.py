"""What was saved or used is not shown again."""

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import ReactionKind
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("you have saved or used it already"), step=Step.OFFER, looks_at=CapScope.LINE_ITEM)
def already_saved(offer: Offer, situation: Situation) -> bool:
    """Holds for the line item once it was saved or redeemed."""
    return any(
        one.reaction is ReactionKind.SAVE or one.redeemed_at is not None
        for one in situation.seen(CapScope.LINE_ITEM, offer)
    )
