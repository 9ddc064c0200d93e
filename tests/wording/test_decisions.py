"""A decision is explained from itself: in a sentence, and station by station."""

from dataclasses import replace

from edge.domain.category import CategoryName
from edge.domain.measures import DecisionId, OfferId, Probability
from edge.domain.placement import Decision, Exclusion, Silence, Step
from edge.wording.decisions import kept_out, stations, tell_decision, why_this_offer
from tests.builders import a_need, a_placement, an_item
from tests.fakes.clock import NOON
from tests.texts import a_voice

ENGLISH = a_voice("en")
SHOWN = Decision(
    id=DecisionId("d-1"),
    at=NOON,
    item=an_item().id,
    category=CategoryName("butter"),
    outcome=a_placement(),
    need=a_need().id,
    probability=Probability(0.9),
    catalogue="ab" * 32,
    scores=((OfferId("a/b/c"), 0.2), (OfferId("a/b/d"), 0.1)),
    excluded=(
        Exclusion(offer=OfferId("x/y/1"), rule="outside_flight"),
        Exclusion(offer=OfferId("x/y/2"), rule="blocked_sponsor"),
        Exclusion(offer=OfferId("x/y/3"), rule="outside_flight"),
    ),
    other_categories={CategoryName("tea"): 7},
)
QUIET = replace(SHOWN, outcome=Silence(step=Step.PERMISSION, reason="quiet_hours"))


def test_an_offer_is_explained_by_need_consent_and_value() -> None:
    """Each claim comes from the decision."""
    assert why_this_offer(SHOWN, an_item(), a_need(), NOON, ENGLISH) == (
        "The reason: Butter, likely gone on Wednesday. "
        "You have allowed offers of this kind: Groceries. "
        "2 offers fitted; this one is best by need, saving and welcome. "
        "Nobody outside your home knows of this choice."
    )


def test_a_need_that_is_met_no_longer_has_a_day() -> None:
    """The explanation outlives the need."""
    told = why_this_offer(SHOWN, an_item(), None, NOON, ENGLISH)

    assert told.startswith("The reason: Butter, needed soon.")


def test_a_lone_offer_is_not_called_the_best() -> None:
    """One fitting offer was not compared with anything."""
    alone = replace(SHOWN, scores=SHOWN.scores[:1])

    assert "the only offer that fitted" in why_this_offer(alone, an_item(), None, NOON, ENGLISH)


def test_the_way_is_told_up_to_where_it_ended() -> None:
    """Stations that were not reached are not claimed."""
    told = stations(QUIET, ENGLISH)

    assert [station.name for station in told] == ["Need", "Your consent", "Right moment"]
    assert [station.ended for station in told] == [False, False, True]
    assert told[-1].told == "It is your quiet time."


def test_a_silence_without_a_need_claims_nothing_before_it() -> None:
    """An early end has one station."""
    early = replace(QUIET, probability=None, outcome=Silence(step=Step.NEED, reason="enough_left"))

    assert [one.told for one in stations(early, ENGLISH)] == ["Enough is left."]


def test_a_shown_offer_passed_every_station_and_accounts_for_the_catalogue() -> None:
    """All offers are counted: 7 for other things, 3 kept out, 2 fitting."""
    told = stations(SHOWN, ENGLISH)

    assert not any(station.ended for station in told)
    assert told[-2].told == (
        "12 offers, signature verified. 7 of them are for things you do not need now, "
        "3 were kept out, 2 fitted."
    )


def test_rules_are_told_by_how_many_they_kept_out() -> None:
    """Most first."""
    assert kept_out(SHOWN, ENGLISH) == [
        "2 offers: it is not valid now",
        "1 offer: you have switched off this sponsor",
    ]


def test_a_decision_about_a_forgotten_appliance_is_told_by_its_category() -> None:
    """The item's own name went with the appliance."""
    assert tell_decision(QUIET, None, ENGLISH) == "Butter: It is your quiet time."
