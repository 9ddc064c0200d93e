"""The whole trace can be read: every verdict, every surface, every score."""

from dataclasses import replace

from edge.domain.household import Preferences
from edge.domain.measures import DecisionId, PlacementId
from edge.domain.offer import Candidates
from edge.domain.placement import Decision
from edge.matching.decide import Ids, decide
from edge.matching.situation import Situation
from edge.wording.traces import moment_in_full, offers_in_full, surfaces_in_full
from tests.builders import a_surface, an_offer
from tests.fakes.clock import NOON
from tests.matching.situations import TICK, a_situation, an_impression
from tests.texts import a_voice

ENGLISH = a_voice("en")
IDS = Ids(decision=DecisionId("d-1"), placement=PlacementId("p-1"))


def decided(situation: Situation, *offers: str) -> Decision:
    """About these offers."""
    wanted = tuple(an_offer(one) for one in offers)
    return decide(situation, Candidates(catalogue="ab", offers=wanted, other_categories={}), IDS)


def test_an_offer_that_fitted_tells_what_its_score_is_made_of() -> None:
    """Need, saving and welcome."""
    ((offer, told),) = offers_in_full(decided(a_situation(), "a/b/c"), ENGLISH)

    assert offer == "a/b/c"
    assert told.startswith("fitted, score 0.")
    assert "needed 90%, saves 23%, welcome" in told.replace("\N{NO-BREAK SPACE}", "")


def test_an_offer_kept_out_tells_every_reason() -> None:
    """Switched off, and seen just now."""
    off = Preferences(blocked_sponsors=frozenset({"Hofkäserei Lind"}))
    seen = an_impression(shown_at=NOON - 4 * (NOON - NOON.replace(hour=11)))
    situation = a_situation(preferences=off, impressions=(seen,))

    ((_, told),) = offers_in_full(decided(situation, "lind-butter/week-48/calm"), ENGLISH)

    assert told.startswith("you have switched off this sponsor; ")
    assert "you have seen this offer often enough today" in told


def test_a_moment_tells_all_that_spoke_against_it() -> None:
    """Paused, and with guests."""
    until = NOON + TICK
    both = Preferences(paused_until=until, guests_until=until)

    told = moment_in_full(decided(a_situation(preferences=both), "a/b/c"), ENGLISH)

    assert told == ["You have paused offers.", "You have guests."]


def test_a_surface_tells_what_spoke_against_it() -> None:
    """The door is free, the hall has no room for the words."""
    hall = a_surface("hall.panel", title_chars=5)
    situation = a_situation(surfaces=(a_surface(), hall))

    told = surfaces_in_full(decided(situation, "a/b/c"), ENGLISH)

    assert told[0].startswith("Fridge door: free, welcome")
    assert told[1] == "hall.panel: its words do not fit there"


def test_a_decision_of_before_factors_were_kept_is_told_too() -> None:
    """Only its score is known."""
    earlier = replace(decided(a_situation(), "a/b/c"), factors=())

    ((_, told),) = offers_in_full(earlier, ENGLISH)

    assert told.startswith("fitted, score")
    assert ":" not in told
