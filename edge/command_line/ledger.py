"""`ledger`: what left the home; checked against its chain or a capture."""

import argparse
import base64
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from edge.adapters.capture import Sent, compare, read_capture
from edge.adapters.egress_anchor import read_anchor, write_anchor
from edge.adapters.egress_chain import check_chain
from edge.command_line.exit_codes import ExitCode
from edge.command_line.local_interface import find_runtime
from edge.command_line.speech import progress, say
from edge.errors import EdgeError
from edge.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How much of it to show, or what to check it against."""
    parser.add_argument("--newest", type=int, default=20, help="messages to show (at most 200)")
    checks = parser.add_mutually_exclusive_group()
    checks.add_argument("--verify", action="store_true", help="check that nothing was taken out")
    checks.add_argument("--pcap", type=Path, metavar="FILE", help="compare with a packet capture")


def run(arguments: argparse.Namespace, settings: Settings) -> ExitCode:
    """Say the totals and the newest messages, or what a check found."""
    if arguments.verify:
        return _verify(settings, as_json=arguments.json)
    if arguments.pcap:
        return _compare(settings, arguments.pcap, as_json=arguments.json)
    told = find_runtime(settings.edge.state).get(f"ledger?newest={arguments.newest}")
    total = told["summary"]
    first = "{messages} messages, {bytes} bytes, {household_facts} facts about you".format(**total)
    rest = [
        f"  {m['at']}  {m['channel']:5} {m['bytes']:5} B  {m['asks_for']}" for m in told["newest"]
    ]
    say(told, [first, *rest], as_json=arguments.json)
    return ExitCode.DONE


def _verify(settings: Settings, *, as_json: bool) -> ExitCode:
    """Walk the chain; if it is whole, remember how far it has come."""
    progress("walking along the record")
    path = settings.edge.state / "egress_anchor.json"
    try:
        report = check_chain(settings.edge.exchange / "egress", read_anchor(path))
    except (OSError, ValueError) as error:
        message = f"the record cannot be checked: {error}"
        raise EdgeError(message) from error
    if report.head and not report.differences:
        write_anchor(path, report.head)
    head = report.head.chain if report.head else ""
    told = {
        "whole": not report.differences,
        "messages": report.messages,
        "torn": report.torn,
        "head": head,
        "differences": report.differences,
    }
    first = f"{report.messages} messages, {len(report.differences)} differences, head {head[:16]}"
    say(told, [first, *report.differences], as_json=as_json)
    return ExitCode.FAILED if report.differences else ExitCode.DONE


def _compare(settings: Settings, capture: Path, *, as_json: bool) -> ExitCode:
    """Hold a capture against the record."""
    progress("reading the capture")
    record = list(_on_record(settings.edge.exchange / "egress"))
    found = compare(read_capture(capture, {sent.to for sent in record}), record)
    told = {
        "agree": not found.differences,
        "messages": found.messages,
        "on_record": len(record),
        "differences": found.differences,
    }
    first = f"{found.messages} messages in the capture, {len(found.differences)} differences"
    say(told, [first, *found.differences], as_json=as_json)
    return ExitCode.FAILED if found.differences else ExitCode.DONE


def _on_record(folder: Path) -> Iterator[Sent]:
    for segment in sorted(folder.glob("*.jsonl")):
        for line in segment.read_bytes().splitlines():
            try:
                entry = json.loads(line)
                size = len(base64.b64decode(entry["bytes"]))
                yield Sent(at=datetime.fromisoformat(entry["at"]), to=str(entry["to"]), size=size)
            except (ValueError, KeyError, TypeError):
                continue  # a segment's first line, or a torn one
