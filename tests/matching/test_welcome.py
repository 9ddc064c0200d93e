"""What is welcome is learned from this home's own answers."""

from hypothesis import given
from hypothesis import strategies as st

from edge.domain.reaction import Impression, ReactionKind
from edge.matching.belief import UNKNOWN, Belief
from edge.matching.welcome import EXPLORATION, expected_welcome, explored_welcome, surface_welcome
from tests.builders import DAY, a_surface, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import a_situation, an_impression

ANSWERS = st.lists(
    st.tuples(st.sampled_from([None, *ReactionKind]), st.integers(0, 399)), max_size=60
)


def answered(*kinds: ReactionKind | None, surface: str = "fridge.door") -> tuple[Impression, ...]:
    """One a day at noon, the last one yesterday."""
    return tuple(
        an_impression(shown_at=NOON - n * DAY, reaction=kind, surface=surface)
        for n, kind in zip(range(len(kinds), 0, -1), kinds, strict=True)
    )


def test_before_any_answer_it_is_as_likely_as_not() -> None:
    """The prior."""
    assert expected_welcome(an_offer(), a_situation()) == UNKNOWN.mean == 0.5


def test_a_welcome_raises_and_a_refusal_lowers_it() -> None:
    """One answer each."""
    glad = a_situation(impressions=answered(ReactionKind.HELPFUL))
    sorry = a_situation(impressions=answered(ReactionKind.NOT_NOW))

    assert expected_welcome(an_offer(), sorry) < 0.5 < expected_welcome(an_offer(), glad)


def test_silence_weighs_less_than_a_refusal() -> None:
    """Passed over twice, refused twice."""
    passed = a_situation(impressions=answered(None, None))
    refused = a_situation(impressions=answered(ReactionKind.NOT_NOW, ReactionKind.NOT_NOW))

    assert expected_welcome(an_offer(), refused) < expected_welcome(an_offer(), passed) < 0.5


def test_exploring_is_bounded() -> None:
    """A throw moves a belief by one standard deviation at most, whatever the day."""
    expected = Belief().mean
    most = EXPLORATION * Belief().deviation
    low, high = expected - most, expected + most
    odds = (high / (1 - high)) ** 2.1
    for day in range(100):
        explored = explored_welcome(an_offer(), a_situation(now=NOON + day * DAY))
        assert 1 / (1 + odds) <= explored <= odds / (1 + odds)
    assert 0 < low < high < 1


@given(ANSWERS)
def test_a_chance_is_from_zero_to_one(drawn: list[tuple[ReactionKind | None, int]]) -> None:
    """Whatever was answered."""
    seen = tuple(
        an_impression(shown_at=NOON - (400 - day) * DAY, reaction=kind) for kind, day in drawn
    )
    situation = a_situation(impressions=seen)

    for chance in (
        expected_welcome(an_offer(), situation),
        explored_welcome(an_offer(), situation),
        surface_welcome(a_surface(), situation),
    ):
        assert 0.0 < chance < 1.0


@given(ANSWERS)
def test_one_more_welcome_never_lowers_it(drawn: list[tuple[ReactionKind | None, int]]) -> None:
    """Being glad of an offer cannot count against the next one."""
    seen = tuple(
        an_impression(shown_at=NOON - (400 - day) * DAY, reaction=kind) for kind, day in drawn
    )
    glad = an_impression(shown_at=NOON, reaction=ReactionKind.SAVE)

    before = expected_welcome(an_offer(), a_situation(impressions=seen))
    after = expected_welcome(an_offer(), a_situation(impressions=(*seen, glad)))

    assert after >= before


def test_a_surface_learns_for_itself() -> None:
    """Refused in the hall, not on the door."""
    said = answered(*(ReactionKind.NOT_NOW,) * 3, surface="hall.panel")
    situation = a_situation(impressions=said)

    hall, door = a_surface("hall.panel"), a_surface("fridge.door")
    assert surface_welcome(hall, situation) < surface_welcome(door, situation) == 0.5
