"""Two opinions put into one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.truth import item, reading
from edge.needs.belief import fold
from edge.needs.fuse import Opinion, fuse, level_opinion, purchase_opinion

chances = st.floats(0.01, 0.99)


@given(chances)
def test_one_opinion_is_passed_through(chance: float) -> None:
    """Either alone works."""
    assert fuse([Opinion(probability=chance, weight=0.3)]) == pytest.approx(chance)


@given(one=chances, other=chances, weight=st.floats(0.1, 1.0))
def test_the_whole_lies_between_its_parts(one: float, other: float, weight: float) -> None:
    """Conflicting evidence is weighed, not overwritten."""
    pooled = fuse([Opinion(probability=one, weight=weight), Opinion(probability=other, weight=0.5)])
    assert pooled is not None
    assert min(one, other) - 1e-9 <= pooled <= max(one, other) + 1e-9


def test_no_evidence_is_no_opinion() -> None:
    """None is not a probability."""
    assert fuse([]) is None
    assert fuse([Opinion(probability=0.9, weight=0.0)]) is None


def test_the_better_founded_opinion_weighs_more() -> None:
    """A month of a scale against two receipts."""
    month = fold(item(), [reading(0.25 * step, 250.0 - 2.0 * step) for step in range(100)], [])
    scale, receipts = level_opinion(month, 0.9), purchase_opinion(2, 0.1)
    pooled = fuse([scale, receipts])
    assert pooled is not None
    assert pooled > 0.8
