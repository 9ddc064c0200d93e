"""The local holdout: a few needs without an offer, to see at home whether offers help at all."""

from datetime import date

from edge.domain.measures import NeedId
from edge.matching.dice import Dice

SHARE = 0.1
"""One need in ten: enough to compare after some months, too little to miss."""

_ONCE = date.min
"""A need is drawn once, not anew each day."""


def held_out_by(dice: Dice, need: NeedId) -> bool:
    """Whether the need is one of those without an offer."""
    return dice.throw("holdout", need, day=_ONCE) < SHARE
