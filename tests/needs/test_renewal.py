"""From one household's purchases to the chance that a need is bought again soon."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.needs.odds import log_odds
from edge.needs.renewal import chance, chances, purchase_days
from edge.needs.rhythm import NEWEST, crossed, terms
from edge.needs.season import WEEKS, PublicNeed, Season
from edge.needs.trips import trips
from tests.needs.household import lively, weekly


def test_what_is_bought_weekly_is_likely_within_the_week() -> None:
    """Thirty Saturdays of bread make the next one likely; salt was only just bought."""
    history = weekly(weeks=31, need="salt", every=10)
    seen = chances(history, today=history[-1][0])
    assert seen["bread"] > 0.6
    assert seen["salt"] < 0.3


def test_a_need_bought_once_has_no_rhythm() -> None:
    """There is no interval in one purchase."""
    assert "salt" not in chances([*weekly(weeks=3), (21, ["salt"])], today=21)


def test_no_trips_are_no_chances() -> None:
    """Nothing is known of nobody."""
    assert chances([], today=0) == {}


def test_what_was_bought_lately_less_often_is_less_likely() -> None:
    """The household that stopped buying milk half a year ago no longer needs it."""
    faithful, former = weekly(weeks=60), [*weekly(weeks=30), *weekly(weeks=30, need="x", since=210)]
    today = faithful[-1][0]
    before = chances(faithful, today=today)["milk"]
    assert chances(former, today=today)["milk"] < 0.3 * before


def test_a_household_away_buys_nothing() -> None:
    """Two months without any trip, everything is less likely."""
    history = weekly(weeks=30)
    home, away = history[-1][0] + 1, history[-1][0] + 60
    assert chances(history, today=away)["milk"] < chances(history, today=home)["milk"]


@given(horizon=st.floats(0.5, 40.0), more=st.floats(0.1, 40.0))
def test_a_longer_horizon_is_never_less_likely(horizon: float, more: float) -> None:
    """What is bought within three days is bought within seven."""
    history = lively()
    short = chances(history, today=399, horizon=horizon)
    long = chances(history, today=399, horizon=horizon + more)
    assert all(long[need] >= short[need] for need in short)


@given(st.lists(st.integers(0, 4_000), min_size=2, max_size=60, unique=True), st.integers(0, 900))
def test_every_history_has_chances_between_nothing_and_one(days: list[int], later: int) -> None:
    """However odd the days, the terms are finite and the chance is one."""
    days = sorted(days)
    shopping = trips(days, [3] * len(days), today=days[-1] + later, horizon=7.0)
    seen = terms(days, shopping, horizon=7.0)
    assert all(math.isfinite(term) for term in (*seen, *crossed(seen)))
    assert 0.0 < chance(days, shopping) < 1.0


def test_only_the_newest_purchases_count() -> None:
    """A need's memory is bounded: older days than the newest 512 change nothing of its rhythm."""
    days = list(range(0, 4 * NEWEST, 2))
    shopping = trips(days, [1] * len(days), today=days[-1] + 1, horizon=7.0)
    assert terms(days, shopping, horizon=7.0) == terms(days[-NEWEST:], shopping, horizon=7.0)


def test_a_season_lifts_what_it_is_for() -> None:
    """Peaches are likelier in the weeks in which everybody buys them."""
    history = lively()
    summer = Season(tuple(2.0 if 4 <= week <= 9 else -1.0 for week in range(WEEKS)))
    public = {"butter": PublicNeed(season=summer)}
    plain = chances(history, today=399)["butter"]
    assert chances(history, today=399, public=public)["butter"] > plain


def test_a_lift_helps_the_new_and_leaves_the_old_alone() -> None:
    """What the public knows of a need moves a new household's odds; a long history knows better."""

    def moved(history: list[tuple[int, list[str]]]) -> float:
        plain, lifted = (
            log_odds(chances(history, today=399, public={"milk": PublicNeed(lift=lift)})["milk"])
            for lift in (0.0, 1.0)
        )
        return lifted - plain

    history = lively()
    new = [trip for trip in history if trip[0] > 360]
    assert moved(new) == pytest.approx(math.exp(-39.0 / 120.0), abs=0.05)
    assert moved(history) < 0.1


def test_the_order_of_needs_in_a_trip_means_nothing() -> None:
    """A receipt has no order."""
    history = lively()
    turned = [(day, needs[::-1]) for day, needs in history]
    assert chances(turned, today=399) == chances(history, today=399)


def test_purchase_days_are_by_need() -> None:
    """Each need has its own days."""
    assert purchase_days(weekly(weeks=3, every=2)) == {"bread": [0, 7, 14], "milk": [0, 14]}


def test_a_season_is_read_by_the_week() -> None:
    """The coming week's middle is four days ahead."""
    season = Season(tuple(float(week) for week in range(WEEKS)))
    assert (season.ahead(0), season.ahead(3), season.ahead(365)) == (0.0, 1.0, 0.0)
    assert Season().lately(100) == 0.0
