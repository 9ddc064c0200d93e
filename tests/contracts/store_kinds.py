"""Each kind of store, empty, for the contract suites."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from edge.adapters.store.document_store import open_store
from edge.ports import Store
from tests.adapters.store.examples import (
    TurnedClock,
)
from tests.fakes.store import FakeStore


@pytest.fixture
def clock() -> TurnedClock:
    """Noon, until turned."""
    return TurnedClock()


@pytest.fixture(params=["fake", "real"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TurnedClock
) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    if request.param == "fake":
        yield FakeStore(clock)
    else:
        async with open_store(tmp_path / "data", keys=tmp_path / "keys", clock=clock) as real:
            yield real
