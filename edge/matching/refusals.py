"""Answers that refuse for good, and how many of them make a kind of offer rest."""

from datetime import timedelta

from edge.domain.reaction import ReactionKind

REFUSALS = frozenset({ReactionKind.NOT_INTERESTED, ReactionKind.INAPPROPRIATE})
"""'Not now' and 'already have it' say nothing against the kind."""

OFTEN_ENOUGH = 3
"""Once is about the offer, twice may be chance."""

REST = timedelta(days=90)
"""A season: what people like changes about as fast."""
