"""What this home has learnt it does not welcome stays away."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation
from edge.matching.welcome import expected_welcome

FLOOR = 0.25
"""Fewer than one welcome in four: then silence is the better offer."""


@rule(sentence("offers like it were not welcome here"), step=Step.OFFER)
def unwelcome(offer: Offer, situation: Situation) -> bool:
    """Holds while the learned welcome is below the floor."""
    return expected_welcome(offer, situation) < FLOOR
