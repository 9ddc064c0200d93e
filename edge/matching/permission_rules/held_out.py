"""A few needs get no offer, so that the household can see whether offers help at all."""

from edge.domain.sentence import sentence
from edge.matching.holdout import held_out_by
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(
    sentence("This need is one of the few without an offer: so you can see whether offers help."),
)
def held_out(situation: Situation) -> bool:
    """Holds for one need in ten, drawn once for each, if the household wants to compare."""
    compared = situation.preferences.compare
    return compared and held_out_by(situation.dice, situation.need.need.id)
