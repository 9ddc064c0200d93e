"""What cannot be written down is not sent; what was written down is not lost."""

import json
from pathlib import Path

import pytest

from edge.courier.egress_record import SEGMENTS_MOST, EgressRecord, Sending
from edge.courier.errors import RecordError
from tests.fakes.record_key import RECORD_KEY


def a_sending(content: bytes = b"hello") -> Sending:
    """A message about to leave."""
    return Sending(
        at="2026-11-23T12:00:00+00:00", channel="coap", to="relay:1", path="", content=content
    )


def lines(folder: Path) -> list[dict[str, object]]:
    """All lines of the record."""
    segments = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for path in segments for line in path.read_text().splitlines()]


def test_a_message_is_on_record_with_its_bytes(tmp_path: Path) -> None:
    """Time, channel, destination, purpose, path, size and the bytes themselves."""
    EgressRecord(tmp_path, key=RECORD_KEY).add(a_sending())
    line = lines(tmp_path)[1]
    assert {name: value for name, value in line.items() if name not in {"chain", "seal"}} == {
        "at": "2026-11-23T12:00:00+00:00",
        "channel": "coap",
        "to": "relay:1",
        "purpose": "offer",
        "path": "",
        "bytes": "aGVsbG8=",
        "size": 5,
    }


def test_what_cannot_be_recorded_is_an_error(tmp_path: Path) -> None:
    """A record that cannot be written raises, so that nothing is sent."""
    (tmp_path / "egress").write_text("in the way")
    with pytest.raises(RecordError):
        EgressRecord(tmp_path / "egress", key=RECORD_KEY).add(a_sending())


def test_the_record_is_bounded_and_its_totals_are_not_lost(tmp_path: Path) -> None:
    """Old segments go; the oldest kept one carries the sums of all before it."""
    record = EgressRecord(tmp_path, key=RECORD_KEY, segment_bytes=3_000)
    for _ in range(200):
        record.add(a_sending(b"x" * 10))
    segments = sorted(tmp_path.glob("*.jsonl"))
    assert len(segments) == SEGMENTS_MOST
    kept = lines(tmp_path)
    first = kept[0]["carried"]
    assert isinstance(first, dict)
    assert first["messages"] + sum("at" in line for line in kept) == 200
    assert first["bytes"] + 10 * sum("at" in line for line in kept) == 2_000


def test_a_torn_line_stays_by_itself(tmp_path: Path) -> None:
    """After a crash in the middle of a line the next message starts a new one."""
    record = EgressRecord(tmp_path, key=RECORD_KEY)
    record.add(a_sending())
    (segment,) = tmp_path.glob("*.jsonl")
    with segment.open("a") as file:
        file.write('{"at": "torn')
    record.add(a_sending(b"after"))
    assert json.loads(segment.read_text().splitlines()[-1])["size"] == 5
    assert len(segment.read_text().splitlines()) == 4
