"""What this home does not welcome stays away."""

from dataclasses import replace

from edge.domain.reaction import Impression, ReactionKind
from edge.matching.exclusion_rules.unwelcome import unwelcome
from tests.builders import DAY, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression


def refusals(count: int) -> tuple[Impression, ...]:
    """At noon on so many days somebody said 'not now'."""
    return tuple(
        an_impression(shown_at=NOON - n * DAY, reaction=ReactionKind.NOT_NOW)
        for n in range(count, 0, -1)
    )


def test_it_holds_once_learned() -> None:
    """Refused again and again, by category, sponsor and time of day."""
    assert unwelcome(an_offer("new/new/new"), a_situation(impressions=refusals(4)))


def test_a_single_refusal_is_not_enough() -> None:
    """One answer moves little."""
    assert not unwelcome(an_offer("new/new/new"), a_situation(impressions=refusals(1)))


def test_nothing_known_is_not_unwelcome() -> None:
    """A new home."""
    assert not unwelcome(an_offer(), a_situation())


def test_wrong_guesses_about_the_stock_say_nothing_about_taste() -> None:
    """'Already have it', again and again."""
    said = tuple(replace(one, reaction=ReactionKind.ALREADY_HAVE_IT) for one in refusals(9))

    assert not unwelcome(an_offer(), a_situation(impressions=said))
