"""Only from a catalogue whose signatures hold and that has not expired."""

from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(
    sentence("There is no valid catalogue of offers in the house right now."),
    step=Step.CATALOGUE,
)
def no_valid_catalogue(situation: Situation) -> bool:
    """Holds without a catalogue, and from the instant at which it expires."""
    until = situation.catalogue_until
    return until is None or situation.now >= until
