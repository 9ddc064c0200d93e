"""Not a campaign that was called inappropriate."""

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.reaction import ReactionKind
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(
    sentence("you have called this campaign inappropriate"),
    step=Step.OFFER,
    looks_at=CapScope.CAMPAIGN,
)
def flagged(offer: Offer, situation: Situation) -> bool:
    """Holds for the whole campaign, as long as the history remembers it."""
    return any(
        one.reaction is ReactionKind.INAPPROPRIATE
        for one in situation.seen(CapScope.CAMPAIGN, offer)
    )
