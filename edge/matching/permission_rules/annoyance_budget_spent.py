"""Patience is a budget: what annoys spends it, and only a welcome refills it."""

from edge.domain.sentence import sentence
from edge.matching.annoyance import annoyance_left
from edge.matching.rule import rule
from edge.matching.situation import Situation


@rule(sentence("Offers have annoyed more than they helped; they rest until you answer one kindly."))
def annoyance_budget_spent(situation: Situation) -> bool:
    """Holds when nothing is left of the budget."""
    return annoyance_left(situation) <= 0.0
