"""The few facts a need rests on."""

from dataclasses import replace

from benchmarks.truth import instant, item, reading
from edge.domain.measures import Unit
from edge.domain.need import Evidence, EvidenceFact
from edge.needs.belief import Belief, fold
from edge.needs.evidence import evidence_for


def belief(*refills: float) -> Belief:
    """Butter that was refilled on these days."""
    kept = fold(item(), [reading(0.25 * step, 200.0 - 4.0 * step) for step in range(9)], [])
    return replace(kept, refills=tuple(instant(day) for day in refills))


def facts(kept: Belief, *, left: float = 60.0) -> dict[EvidenceFact, float]:
    """Each fact and its amount."""
    return {one.fact: one.amount for one in evidence_for(kept, left=left)}


def test_what_is_left_comes_first_in_the_items_unit() -> None:
    """The most telling fact is how much there is."""
    assert evidence_for(belief(), left=62.0)[0] == Evidence(
        fact=EvidenceFact.LEFT, amount=62.0, unit=Unit.GRAM
    )


def test_an_empty_place_is_called_empty() -> None:
    """Nothing left is a fact of its own."""
    assert evidence_for(belief(), left=0.0)[0].fact is EvidenceFact.EMPTY


def test_a_weekly_saturday_is_named() -> None:
    """Four Saturdays are a habit."""
    assert facts(belief(5, 12, 19, 26))[EvidenceFact.RESTOCK_WEEKDAY] == 5


def test_three_refills_are_no_habit() -> None:
    """Two intervals may be chance."""
    assert EvidenceFact.RESTOCK_WEEKDAY not in facts(belief(5, 12, 19))


def test_without_a_weekday_the_interval_is_told() -> None:
    """Every ten days falls on no weekday."""
    assert facts(belief(1, 11, 21, 31))[EvidenceFact.RESTOCK_EVERY] == 10.0


def test_a_changed_pace_is_told_as_a_ratio() -> None:
    """Guests who double the use are a reason."""
    kept = belief()
    fast = replace(kept, rate=replace(kept.rate, mean=36.0, usual=18.0, changed=0.9))
    assert facts(fast)[EvidenceFact.PACE_CHANGE] == 2.0
    sure = replace(kept, rate=replace(kept.rate, changed=0.79))
    assert EvidenceFact.PACE_CHANGE not in facts(sure)
