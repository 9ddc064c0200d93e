"""Every offer of the catalogue gets its verdict: eligible, or the rule that kept it out."""

from collections.abc import Mapping
from dataclasses import dataclass

from edge.domain.category import CategoryName
from edge.domain.offer import Catalogue, Offer
from edge.domain.placement import Exclusion
from edge.matching.exclusion_rules import excluding_rule
from edge.matching.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """The whole catalogue, accounted for.

    Attributes:
        eligible: May be shown.
        excluded: Of the need's category, with the rule that kept each out.
        other_categories: How many there is no need for, by category.
    """

    eligible: tuple[Offer, ...]
    excluded: tuple[Exclusion, ...]
    other_categories: Mapping[CategoryName, int]


def shortlist_offers(catalogue: Catalogue, situation: Situation) -> Shortlist:
    """The verdict on each offer; only those of the need's category are even looked at."""
    category = situation.need.need.category
    verdicts = [
        (offer, excluding_rule(offer, situation)) for offer in catalogue.offers.get(category, ())
    ]
    return Shortlist(
        eligible=tuple(offer for offer, rule in verdicts if rule is None),
        excluded=tuple(Exclusion(offer=offer.id, rule=rule) for offer, rule in verdicts if rule),
        other_categories={
            name: len(offers) for name, offers in catalogue.offers.items() if name != category
        },
    )
