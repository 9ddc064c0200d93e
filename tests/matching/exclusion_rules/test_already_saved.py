"""What was saved or used is not shown again."""

from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.already_saved import already_saved
from tests.builders import an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression


def test_it_holds_once_saved() -> None:
    """Another creative of the same line item."""
    saved = an_impression(reaction=ReactionKind.SAVE)

    assert already_saved(an_offer("lind-butter/week-48/loud"), a_situation(impressions=(saved,)))


def test_it_holds_once_used() -> None:
    """Redeemed without having been saved."""
    used = an_impression(redeemed_at=NOON)

    assert already_saved(an_offer(), a_situation(impressions=(used,)))


def test_helpful_alone_is_not_saved() -> None:
    """Somebody was glad of it."""
    liked = an_impression(reaction=ReactionKind.HELPFUL)

    assert not already_saved(an_offer(), a_situation(impressions=(liked,)))


def test_the_same_name_in_another_campaign_is_another_line_item() -> None:
    """Many campaigns have a week 48."""
    saved = an_impression(reaction=ReactionKind.SAVE)

    assert not already_saved(an_offer("other/week-48/calm"), a_situation(impressions=(saved,)))
