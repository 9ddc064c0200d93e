"""A dismissal uses up the day."""

import pytest

from edge.domain.reaction import DISMISSALS, ReactionKind
from edge.matching.permission_rules.dismissed_today import dismissed_today
from tests.matching.situations import MIDNIGHT, TICK, a_situation, an_impression


@pytest.mark.parametrize("kind", sorted(DISMISSALS))
def test_it_holds_after_any_dismissal_since_midnight(kind: ReactionKind) -> None:
    """Shown in the first instant of the day and dismissed."""
    seen = an_impression(shown_at=MIDNIGHT, reaction=kind)

    assert dismissed_today(a_situation(impressions=(seen,)))


def test_yesterdays_dismissal_is_over_at_midnight() -> None:
    """Shown one tick before the day began."""
    seen = an_impression(shown_at=MIDNIGHT - TICK, reaction=ReactionKind.NOT_NOW)

    assert not dismissed_today(a_situation(impressions=(seen,)))


@pytest.mark.parametrize("kind", [ReactionKind.HELPFUL, ReactionKind.SAVE, None])
def test_a_welcome_or_unanswered_offer_does_not_use_up_the_day(kind: ReactionKind | None) -> None:
    """Only a no is a no."""
    assert not dismissed_today(a_situation(impressions=(an_impression(reaction=kind),)))
