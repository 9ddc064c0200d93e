"""Decisions are bounded."""

from pathlib import Path

from edge.adapters.store.records.decisions import DECISIONS_MOST, DecisionRecords
from edge.domain.measures import DecisionId
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import a_decision


def test_the_oldest_decision_goes_when_there_are_too_many(tmp_path: Path) -> None:
    """One beyond the bound takes the first one's place."""
    with a_file(tmp_path) as file, file.database.transaction():
        records = DecisionRecords(file.database)
        for number in range(DECISIONS_MOST):
            records.add(a_decision(f"d{number}"))
        assert records.get(DecisionId("d0")) is not None
        records.add(a_decision("one more"))
        assert records.get(DecisionId("d0")) is None
        assert records.get(DecisionId("d1")) is not None
        assert len(records.newest(DECISIONS_MOST + 9)) == DECISIONS_MOST
