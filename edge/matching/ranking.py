"""Best first: how urgent the need is, times what the offer is worth to the household."""

from collections.abc import Iterable

from edge.domain.need import Need
from edge.domain.offer import Offer


def rank_offers(offers: Iterable[Offer], need: Need) -> list[tuple[Offer, float]]:
    """Each offer with its score, best first; equal scores in the order of their ids."""
    scored = [(offer, score(offer, need)) for offer in offers]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].id))


def score(offer: Offer, need: Need) -> float:
    """Urgency times value, from 0 to 1: the share of the price that the household saves.

    A low price alone is no value: it would always choose the smallest package.
    """
    value = offer.saving / offer.price_before if offer.price_before else 0.0
    return float(need.probability) * value
