"""A day's egress is checked in: whoever changes what leaves changes a file that is reviewed.

After a change that is meant: `python -m tests.courier.golden_day`, and say why in the commit.
"""

from pathlib import Path

import pytest

from tests.courier.golden_day import GOLDEN, a_days_egress
from tests.twins.days import Transport


@pytest.mark.parametrize("transport", ["coap", "mqtt"])
def test_a_days_egress_is_the_one_that_was_reviewed(transport: Transport) -> None:
    """Every instant, destination and byte of twenty-four hours."""
    golden = Path(GOLDEN.format(transport=transport)).read_text("ascii")
    assert a_days_egress(transport) == golden
