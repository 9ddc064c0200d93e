"""`ledger --verify` tells a whole record from one that was tampered with, also at its end."""

import argparse
import json
from pathlib import Path

import pytest

from edge.command_line import ledger
from edge.command_line.exit_codes import ExitCode
from edge.courier.egress_record import EgressRecord, Sending
from edge.settings import Catalogue, Edge, Settings
from tests.fakes.record_key import RECORD_KEY

ARGUMENTS = argparse.Namespace(verify=True, pcap=None, json=True, newest=20)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose courier said three things."""
    (tmp_path / "state").mkdir()
    record = EgressRecord(tmp_path / "exchange" / "egress", key=RECORD_KEY)
    for number in range(3):
        at = f"2026-11-23T12:00:0{number}+00:00"
        record.add(Sending(at=at, channel="coap", to="relay:1", path="", content=b"hello"))
    catalogue = Catalogue(relay="relay:1", server_name="x", ca=tmp_path, root=tmp_path)
    edge = Edge(state=tmp_path / "state", exchange=tmp_path / "exchange")
    return Settings(edge=edge, catalogue=catalogue)


def test_a_whole_record_is_told_and_remembered(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three messages, no difference, and the head for the next time."""
    assert ledger.run(ARGUMENTS, settings) == ExitCode.DONE
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["messages"], told["differences"]) == (True, 3, [])
    assert (settings.edge.state / "egress_anchor.json").exists()


def test_a_cut_end_fails_the_second_time(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was there when we last looked cannot be taken away."""
    ledger.run(ARGUMENTS, settings)
    (segment,) = (settings.edge.exchange / "egress").glob("*.jsonl")
    segment.write_text("\n".join(segment.read_text().splitlines()[:-1]) + "\n")
    capsys.readouterr()
    assert ledger.run(ARGUMENTS, settings) == ExitCode.FAILED
    told = json.loads(capsys.readouterr().out)
    assert told["differences"] == ["1 messages at the end are missing"]
