"""The purchase model beats plain rates: on real households where they are, always on synthetic."""

import math
import random
from collections.abc import Iterator

import pytest

from benchmarks.data import History, data_folder, judge
from benchmarks.needs import next_basket_alone, predict
from edge.needs.renewal import chances

FOLDER = data_folder()


@pytest.mark.skipif(FOLDER is None, reason="real households are not beside the checkout")
@pytest.mark.parametrize("baseline", ["poisson", "tsb"])
def test_beats_the_baselines_on_real_households(
    baseline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the sample's Italian households, from 90 days on, log-loss and ranking are better."""
    assert FOLDER is not None
    monkeypatch.delenv("NEEDS_PRIOR", raising=False)
    by = judge(FOLDER)
    households = by.load_needs(str(FOLDER / "sample" / "coop"))
    plain = by.need_baseline(baseline, households, "warm", 7)
    ours, theirs, bought = [], [], []
    for household, join, history, today, labels in by.points(households, "warm", 7, 112):
        mine = predict(history, today, 7)
        other = plain(household, join, history, today, 7)
        for need, label in labels.items():
            ours.append(mine[need])
            theirs.append(other[need])
            bought.append(bool(label))
    assert _log_loss(ours, bought) < _log_loss(theirs, bought)


@pytest.mark.skipif(FOLDER is None, reason="real households are not beside the checkout")
def test_finds_more_repeated_items_than_counting_does() -> None:
    """On the sample of Ta-Feng, the next basket holds more of what is named."""
    assert FOLDER is not None
    by = judge(FOLDER)
    households = by.load(str(FOLDER / "sample" / "tafeng_rc"))
    count = by.nbr_baseline("p_top", households)
    found = {"ours": 0.0, "counting": 0.0}
    for household, baskets in households.items():
        if len(baskets) > 1:
            past, truth = baskets[:-1], baskets[-1][1]
            ours = [int(str(item)) for item in next_basket_alone(past)]
            found["ours"] += by.nbr_household(ours, past, truth, 10)["recall"]
            theirs = count(household, past)
            found["counting"] += by.nbr_household(theirs, past, truth, 10)["recall"]
    assert found["ours"] > found["counting"]


def test_beats_a_plain_rate_on_households_with_a_rhythm() -> None:
    """Where needs come every so many days, knowing when the last one came is worth something."""
    ours, theirs, bought = [], [], []
    for history, today, truth in _moments():
        mine = chances(history, today=today)
        for need in ("milk", "butter", "rice"):
            count = sum(need in needs for _, needs in history)
            ours.append(mine[need])
            theirs.append(-math.expm1(-7.0 * count / (today + 1.0)))
            bought.append(need in truth)
    assert _log_loss(ours, bought) < 0.95 * _log_loss(theirs, bought)


def _moments() -> Iterator[tuple[History, int, set[str]]]:
    """Synthetic homes: three needs that last 6, 20 and 45 days, bought on the next trip."""
    for seed in range(30):
        dice, due, trips = random.Random(seed), {"milk": 0.0, "butter": 0.0, "rice": 0.0}, []
        lasts = {"milk": 6.0, "butter": 20.0, "rice": 45.0}
        for day in range(0, 420, 3):
            needs = [need for need, when in due.items() if when <= day]
            due |= {need: day + lasts[need] * dice.lognormvariate(0.0, 0.2) for need in needs}
            trips.append((day, [*needs, "bread"]))
        today = 400
        past = [trip for trip in trips if trip[0] <= today]
        truth = {need for day, needs in trips if today < day <= today + 7 for need in needs}
        yield past, today, truth


def _log_loss(told: list[float], bought: list[bool]) -> float:
    bounded = [min(max(p, 1e-4), 1.0 - 1e-4) for p in told]
    pairs = zip(bounded, bought, strict=True)
    return -sum(math.log(p if came else 1.0 - p) for p, came in pairs) / len(told)
