"""How much patience is left: a budget that annoyance spends and that only a welcome refills.

Time refills nothing: who was annoyed a month ago has not asked for more. The household can forgive
everything at once (`Preferences.fresh_start_at`).
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from edge.domain.reaction import Impression, ReactionKind
from edge.matching.situation import Situation

FULL = 5.0
"""Five plain refusals in a row, and nothing more is shown."""

REFILL = 2.0
"""A welcome makes good for two refusals."""

COSTS = {
    None: 0.1,
    ReactionKind.NOT_NOW: 1.0,
    ReactionKind.NOT_INTERESTED: 1.0,
    ReactionKind.SEEN_TOO_OFTEN: 2.0,
    ReactionKind.INAPPROPRIATE: 3.0,
    ReactionKind.ALREADY_HAVE_IT: 0.5,
    ReactionKind.NOT_ME: 0.5,
}
"""What an answer spends; None for an offer that nobody answered. A wrong guess about the stock is
annoying too, but it is the model's fault more than the offer's."""

_BEGINNING = datetime.min.replace(tzinfo=UTC)


def annoyance_left(situation: Situation) -> float:
    """What is left of the budget, from `FULL` down; 0 or less means spent."""
    since = situation.preferences.fresh_start_at or _BEGINNING
    return left_after(one for one in situation.history.impressions if one.shown_at >= since)


def left_after(impressions: Iterable[Impression]) -> float:
    """What these leave of a full budget, oldest first."""
    left = FULL
    for one in impressions:
        left = min(FULL, left + REFILL) if one.welcomed else left - COSTS.get(one.reaction, 0.0)
    return left
