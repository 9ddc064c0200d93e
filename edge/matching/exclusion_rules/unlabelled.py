"""Only with its label: on whose behalf, and who paid (DSA Art. 26)."""

from edge.domain.offer import Offer
from edge.domain.placement import Step
from edge.domain.sentence import sentence
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("it does not say who is behind it"), step=Step.OFFER)
def unlabelled(offer: Offer, situation: Situation) -> bool:  # noqa: ARG001 - a rule's shape
    """Holds without a sponsor, a payer or conditions, in any language."""
    said = all(words.conditions.strip() for words in offer.words.values())
    return not (offer.label.sponsor.strip() and offer.label.payer.strip() and said)
