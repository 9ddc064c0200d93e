"""Nothing follows people around: what was passed over is not repeated for the same need."""

from edge.domain.frequency import CapScope
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation

PASSED_OVER = 2
"""Once may be chance: nobody looked. Twice is an answer."""


@rule(
    sentence("you have passed it over twice already for this need"),
    step=Step.OFFER,
    looks_at=CapScope.CREATIVE,
)
def ignored_for_this_need(offer: Offer, situation: Situation) -> bool:
    """Holds once the creative was shown twice for this need without an answer."""
    need = situation.need.need.id
    ignored = sum(
        one.need == need and one.reaction is None
        for one in situation.seen(CapScope.CREATIVE, offer)
    )
    return ignored >= PASSED_OVER
