"""The hand-written incomplete beta function agrees with scipy's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from edge.needs.beta_function import incomplete_beta

PARAMETERS = st.floats(1e-2, 2e4)


@given(a=PARAMETERS, b=PARAMETERS, x=st.floats(0.0, 1.0))
def test_agrees_with_scipy_everywhere(a: float, b: float, x: float) -> None:
    """To a hundred-millionth, from parameters of a hundredth to twenty thousand."""
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), abs=1e-8)


@given(a=PARAMETERS, b=PARAMETERS, nearness=st.floats(-0.02, 0.02))
def test_agrees_with_scipy_near_the_mean(a: float, b: float, nearness: float) -> None:
    """There is no step where the fraction changes sides."""
    x = min(max((a + 1.0) / (a + b + 2.0) + nearness, 0.0), 1.0)
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), abs=1e-8)


def test_nothing_is_below_zero_and_everything_below_one() -> None:
    """The ends of the interval are exact."""
    assert (incomplete_beta(2.0, 3.0, 0.0), incomplete_beta(2.0, 3.0, 1.0)) == (0.0, 1.0)


@pytest.mark.parametrize(("a", "b"), [(0.0, 1.0), (1.0, 0.0)])
def test_a_parameter_of_zero_is_refused(a: float, b: float) -> None:
    """There is no such beta distribution."""
    with pytest.raises(ValueError, match="positive"):
        incomplete_beta(a, b, 0.5)
