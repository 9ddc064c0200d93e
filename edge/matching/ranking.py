"""Best first: how urgent the need is, what the offer saves, how welcome it is likely to be."""

from collections.abc import Iterable

from edge.domain.offer import Offer
from edge.domain.placement import Factors
from edge.matching.situation import Situation
from edge.matching.welcome import explored_welcome


def rank_offers(offers: Iterable[Offer], situation: Situation) -> list[tuple[Offer, Factors]]:
    """Each offer with what its score is made of, best first; equals in the order of their ids."""
    weighed = [(offer, weigh(offer, situation)) for offer in offers]
    return sorted(weighed, key=lambda pair: (-pair[1].score, pair[0].id))


def weigh(offer: Offer, situation: Situation) -> Factors:
    """What speaks for the offer.

    The value is the share of the price that the household saves: a low price alone is no value,
    it would always choose the smallest package.
    """
    return Factors(
        urgency=float(situation.need.need.probability),
        value=offer.saving / offer.price_before if offer.price_before else 0.0,
        welcome=explored_welcome(offer, situation),
    )
