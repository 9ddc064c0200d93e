"""What is refused again and again rests."""

from dataclasses import replace

from edge.domain.reaction import Impression, ReactionKind
from edge.matching.exclusion_rules.disliked_sponsor import disliked_sponsor
from edge.matching.refusals import REST
from edge.matching.situation import Situation
from tests.builders import an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression


def refusals(count: int) -> tuple[Impression, ...]:
    """So many times, 90 days ago, somebody was not interested."""
    said = an_impression(shown_at=NOON - REST, reaction=ReactionKind.NOT_INTERESTED)
    return (said,) * count


def answered(*impressions: Impression) -> Situation:
    """These were shown and answered."""
    return a_situation(impressions=impressions)


def test_it_holds_after_three_refusals() -> None:
    """The last of them 90 days ago to the tick."""
    assert disliked_sponsor(an_offer("new/new/new"), answered(*refusals(3)))


def test_two_are_not_enough() -> None:
    """Twice may be chance."""
    assert not disliked_sponsor(an_offer("new/new/new"), answered(*refusals(2)))


def test_it_ends_after_the_rest() -> None:
    """One of the three is a tick older."""
    older = an_impression(shown_at=NOON - REST - TICK, reaction=ReactionKind.NOT_INTERESTED)

    assert not disliked_sponsor(
        an_offer("new/new/new"), a_situation(impressions=(older, *refusals(2)))
    )


def test_not_now_is_no_refusal() -> None:
    """It says nothing against the kind."""
    later = tuple(replace(one, reaction=ReactionKind.NOT_NOW) for one in refusals(3))

    assert not disliked_sponsor(an_offer("new/new/new"), answered(*later))


def test_others_are_not_meant() -> None:
    """Something else was refused."""
    assert not disliked_sponsor(
        an_offer("x/y/z", sponsor="Somebody else"), a_situation(impressions=refusals(3))
    )
