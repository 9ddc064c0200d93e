"""Only what some surface of this home can show."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.placement import fits_somewhere
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it fits on none of your displays"), step=Step.OFFER)
def no_surface_fits(offer: Offer, situation: Situation) -> bool:
    """Holds when a surface rule speaks against every surface of the home."""
    return not fits_somewhere(offer, situation)
