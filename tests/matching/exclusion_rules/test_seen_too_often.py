"""'Seen too often' gives a campaign a month's rest."""

from edge.domain.reaction import ReactionKind
from edge.matching.exclusion_rules.seen_too_often import REST, seen_too_often
from tests.builders import an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression


def test_it_holds_to_the_last_instant_of_the_rest() -> None:
    """Exactly 30 days ago."""
    said = an_impression(shown_at=NOON - REST, reaction=ReactionKind.SEEN_TOO_OFTEN)

    assert seen_too_often(an_offer("lind-butter/week-52/calm"), a_situation(impressions=(said,)))


def test_it_ends_after_the_rest() -> None:
    """One tick more."""
    said = an_impression(shown_at=NOON - REST - TICK, reaction=ReactionKind.SEEN_TOO_OFTEN)

    assert not seen_too_often(an_offer(), a_situation(impressions=(said,)))
