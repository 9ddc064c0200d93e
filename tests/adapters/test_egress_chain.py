"""Nothing can be taken out of the egress record, put into it or changed without being noticed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edge.adapters.egress_anchor import read_anchor, write_anchor
from edge.adapters.egress_chain import check_chain
from edge.courier.egress_record import EgressRecord, Sending
from tests.fakes.record_key import RECORD_KEY


def a_sending(content: bytes = b"hello") -> Sending:
    """A message about to leave."""
    return Sending(
        at="2026-11-23T12:00:00+00:00", channel="coap", to="relay:1", path="", content=content
    )


def recorded(folder: Path, messages: int, *, key: Ed25519PrivateKey = RECORD_KEY) -> Path:
    """A record of so many messages, by couriers that restart each time."""
    for number in range(messages):
        EgressRecord(folder, key=key).add(a_sending(b"%d" % number))
    return folder


def test_a_whole_record_has_no_differences(tmp_path: Path) -> None:
    """Whatever restarted meanwhile."""
    report = check_chain(recorded(tmp_path, 7), None)
    assert (report.messages, report.torn, report.differences) == (7, 0, [])
    assert report.head is not None
    assert report.head.messages == 7


def test_dropped_segments_are_no_difference(tmp_path: Path) -> None:
    """Retention is bounded; what is kept still proves how much there was."""
    record = EgressRecord(tmp_path, key=RECORD_KEY, segment_bytes=1_500)
    record.add(a_sending())
    anchor = check_chain(tmp_path, None).head
    for _ in range(80):
        record.add(a_sending())
    report = check_chain(tmp_path, anchor)
    assert (report.messages, report.differences) == (81, [])


def _dropped(lines: list[str]) -> list[str]:
    return lines[:2] + lines[3:]


def _changed(lines: list[str]) -> list[str]:
    entry = json.loads(lines[2])
    return [*lines[:2], json.dumps(entry | {"to": "elsewhere:1"}), *lines[3:]]


def _swapped(lines: list[str]) -> list[str]:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def _doubled(lines: list[str]) -> list[str]:
    return [*lines, lines[-1]]


def _garbled(lines: list[str]) -> list[str]:
    return [*lines[:2], "?", *lines[3:]]


@pytest.mark.parametrize("attack", [_dropped, _changed, _swapped, _doubled, _garbled])
def test_each_tampering_is_noticed(
    tmp_path: Path, attack: Callable[[list[str]], list[str]]
) -> None:
    """Without any memory of the record."""
    (segment,) = recorded(tmp_path, 5).glob("*.jsonl")
    segment.write_text("\n".join(attack(segment.read_text().splitlines())) + "\n")
    assert check_chain(tmp_path, None).differences


def test_a_cut_end_is_noticed_by_who_looked_before(tmp_path: Path) -> None:
    """A chain cannot show that its end is missing; our memory can."""
    (segment,) = recorded(tmp_path, 5).glob("*.jsonl")
    anchor = check_chain(tmp_path, None).head
    segment.write_text("\n".join(segment.read_text().splitlines()[:-2]) + "\n")
    assert check_chain(tmp_path, anchor).differences == ["2 messages at the end are missing"]


def test_a_record_written_anew_is_noticed(tmp_path: Path) -> None:
    """By its key when that changed, and by its chain when it did not."""
    anchor = check_chain(recorded(tmp_path / "old", 5), None).head
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    assert check_chain(recorded(tmp_path / "other", 6, key=other), anchor).differences
    (tmp_path / "same").mkdir()
    EgressRecord(tmp_path / "same", key=RECORD_KEY).add(a_sending(b"another beginning"))
    assert check_chain(recorded(tmp_path / "same", 6), anchor).differences


def test_a_torn_line_is_counted_and_nothing_else(tmp_path: Path) -> None:
    """A crash in the middle of a line: its message was never sent."""
    (segment,) = recorded(tmp_path, 2).glob("*.jsonl")
    with segment.open("a") as file:
        file.write('{"at": "torn')
    report = check_chain(recorded(tmp_path, 1), None)
    assert (report.messages, report.torn, report.differences) == (3, 1, [])


def test_an_anchor_is_remembered(tmp_path: Path) -> None:
    """As it was; and before the first time there is none."""
    anchor = check_chain(recorded(tmp_path / "egress", 2), None).head
    assert anchor is not None
    assert read_anchor(tmp_path / "anchor.json") is None
    write_anchor(tmp_path / "anchor.json", anchor)
    assert read_anchor(tmp_path / "anchor.json") == anchor


def test_a_broken_anchor_is_an_error(tmp_path: Path) -> None:
    """It is never taken for a first look."""
    (tmp_path / "anchor.json").write_text("{}")
    with pytest.raises(ValueError, match="unreadable"):
        read_anchor(tmp_path / "anchor.json")
