"""How welcome an offer is likely to be in this home, learned from its own answers alone.

A small Bayesian bandit: beliefs about category, sponsor, part of the day and place, whose log-odds
add up. Nothing is stored: what was learned is worked out anew from the history, so what is
forgotten is unlearned, and every decision can be made again (ADR 0111).
"""

from collections.abc import Sequence
from math import exp, log

from edge.domain.appliance import Surface
from edge.domain.offer import Offer
from edge.matching.belief import UNKNOWN, Belief
from edge.matching.situation import Situation

EXPLORATION = 1.0
"""How many standard deviations a throw of the dice may add or take away: bounded, so that what is
known to be unwelcome is never tried again by chance."""

OVERLAP = 0.7
"""One answer speaks about a category and a sponsor at once: it must not count twice in full."""


def expected_welcome(offer: Offer, situation: Situation) -> float:
    """The chance that people are glad of the offer now, from 0 to 1; 0.5 when nothing is known."""
    return _together([one.mean for one in _about(offer, situation)])


def explored_welcome(offer: Offer, situation: Situation) -> float:
    """The same, moved a little by the dice of the day: what is rare gets its turn."""
    about = _about(offer, situation)
    throw = situation.dice.throw("welcome", offer.id, day=situation.local.date())
    swing = EXPLORATION * (2 * throw - 1)
    return _together([_moved(one, swing) for one in about])


def surface_welcome(surface: Surface, situation: Situation) -> float:
    """The chance that people are glad of an offer there, at this part of the day."""
    beliefs, place = situation.beliefs, (surface.device, surface.name)
    hour = beliefs.hour_of_place.get((place, situation.part_of_day), UNKNOWN)
    return _together([beliefs.place.get(place, UNKNOWN).mean, hour.mean])


def _about(offer: Offer, situation: Situation) -> list[Belief]:
    beliefs = situation.beliefs
    return [
        beliefs.category.get(offer.category, UNKNOWN),
        beliefs.sponsor.get(offer.label.sponsor, UNKNOWN),
        beliefs.part_of_day.get(situation.part_of_day, UNKNOWN),
    ]


def _moved(belief: Belief, swing: float) -> float:
    return min(0.99, max(0.01, belief.mean + swing * belief.deviation))


def _together(chances: Sequence[float]) -> float:
    """Their log-odds added up, less what they have in common."""
    odds = exp(OVERLAP * sum(log(one / (1 - one)) for one in chances))
    return odds / (1 + odds)
