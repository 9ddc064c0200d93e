"""Only sensible retentions can be written down."""

import pytest

from edge.adapters.store.readings.retention import MOST_DAYS, Retention


@pytest.mark.parametrize(
    "ages",
    [
        {"raw": -1},
        {"raw": 91},
        {"quarters": 6},
        {"hours": 731},
        {"days": MOST_DAYS + 1},
    ],
)
def test_a_retention_that_falls_or_goes_too_far_is_refused(ages: dict[str, int]) -> None:
    """Finer readings never outlive coarser ones."""
    with pytest.raises(ValueError, match="days must not fall"):
        Retention(**ages)


def test_nothing_at_all_may_be_kept() -> None:
    """The household can have today alone."""
    assert Retention(raw=0, quarters=0, hours=0, days=0).days == 0
