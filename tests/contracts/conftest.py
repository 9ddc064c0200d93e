"""What the contract suites share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from edge.adapters.local.broker import BrokerKind
from tests.fakes.home_broker import HomeBroker, open_home_broker


@pytest.fixture(params=["embedded", pytest.param("mosquitto", marks=pytest.mark.slow)])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[HomeBroker]:
    """A broker with a paired fridge and a paired e-reader."""
    async with open_home_broker(BrokerKind(request.param), tmp_path) as home:
        yield home
