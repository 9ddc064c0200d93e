"""A dismissed line item cools down for two days."""

from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.dismissed_recently import COOL_DOWN, dismissed_recently
from tests.builders import an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression


def test_it_holds_just_before_the_cool_down_ends() -> None:
    """One tick is missing."""
    seen = an_impression(shown_at=NOON - COOL_DOWN + TICK, reaction=ReactionKind.NOT_NOW)

    assert dismissed_recently(an_offer(), a_situation(impressions=(seen,)))


def test_it_ends_with_the_cool_down() -> None:
    """Exactly 48 hours ago."""
    seen = an_impression(shown_at=NOON - COOL_DOWN, reaction=ReactionKind.NOT_NOW)

    assert not dismissed_recently(an_offer(), a_situation(impressions=(seen,)))


def test_a_saved_offer_was_not_dismissed() -> None:
    """A yes needs no cool-down."""
    seen = an_impression(reaction=ReactionKind.SAVE)

    assert not dismissed_recently(an_offer(), a_situation(impressions=(seen,)))
