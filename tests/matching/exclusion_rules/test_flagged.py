"""A campaign called inappropriate stays away."""

from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.flagged import flagged
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression

LONG_AGO = an_impression(shown_at=NOON - 399 * DAY, reaction=ReactionKind.INAPPROPRIATE)


def test_it_holds_for_every_creative_of_the_campaign() -> None:
    """Another line item of the same campaign, a year later."""
    other = an_offer("lind-butter/week-50/bright")

    assert flagged(other, a_situation(impressions=(LONG_AGO,)))


def test_other_campaigns_are_not_to_blame() -> None:
    """Same sponsor, another campaign."""
    assert not flagged(an_offer("lind-cream/week-50/calm"), a_situation(impressions=(LONG_AGO,)))


def test_another_answer_is_no_flag() -> None:
    """'Not now' is not 'inappropriate'."""
    seen = an_impression(reaction=ReactionKind.NOT_NOW)

    assert not flagged(an_offer(), a_situation(impressions=(seen,)))
