"""Only where all of it can be read."""

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("its words do not fit there"), step=Step.OFFER)
def words_too_long(offer: Offer, surface: Surface, situation: Situation) -> bool:
    """Holds when the title or the body is longer than the surface has room for."""
    words = offer.in_language(situation.preferences.language)
    return len(words.title) > surface.title_chars or len(words.body) > surface.body_chars
