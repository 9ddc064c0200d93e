"""Checks that nothing was taken out of the egress record, put into it or changed.

Each line is chained to the one before it and sealed by the courier's key (docs/wire/
egress-record.md). A chain alone cannot show that its end was cut off: so we remember how far it had
come when we last looked, and by which key.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_LINE_BYTES = 64 * 1024
_DIFFERENCES_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """How far the record had come when we last looked.

    Attributes:
        key: The courier's public key, hexadecimal.
        messages: How many had been recorded in all.
        chain: The chain's end then, hexadecimal.
    """

    key: str
    messages: int
    chain: str


@dataclass(slots=True, kw_only=True)
class ChainReport:
    """What the check found.

    Attributes:
        messages: Kept ones and those before them.
        torn: Lines that a crash left half written; their messages were never sent.
        differences: What is wrong, in order; empty when all is well.
        head: Where the record has come to; None when there is none.
    """

    messages: int = 0
    torn: int = 0
    differences: list[str] = field(default_factory=list)
    head: Anchor | None = None

    def differ(self, what: str) -> None:
        """One more difference; a broken record does not fill the memory."""
        if len(self.differences) < _DIFFERENCES_MOST:
            self.differences.append(what)


def check_chain(folder: Path, anchor: Anchor | None) -> ChainReport:
    """Walk the whole record. Blocks.

    Args:
        folder: Where the courier keeps it.
        anchor: From the last time; None at the first.
    """
    report = ChainReport()
    walk = _Walk(report, anchor)
    for where, line in _lines(folder):
        walk.step(where, line)
    walk.end()
    return report


class _Walk:
    """One walk along the chain."""

    def __init__(self, report: ChainReport, anchor: Anchor | None) -> None:
        self._report = report
        self._anchor = anchor
        self._key = anchor.key if anchor else ""
        self._chain = ""
        self._dropped = 0
        self._met_anchor = anchor is None

    def step(self, where: str, line: bytes) -> None:
        """One line more."""
        entry = _entry(line)
        if entry is None:
            self._report.torn += 1
            return
        try:
            self._follow(where, entry)
        except (KeyError, TypeError, ValueError):
            self._report.differ(f"{where}: not a line of the record")

    def _follow(self, where: str, entry: dict[str, Any]) -> None:
        seal, chain = base64.b64decode(entry.pop("seal"), validate=True), str(entry.pop("chain"))
        if "carried" in entry:
            self._begin(where, entry)
        else:
            self._report.messages += 1
        before = bytes.fromhex(self._chain)
        if hashlib.sha256(before + json.dumps(entry).encode()).hexdigest() != chain:
            self._report.differ(f"{where}: changed, or something before it is missing")
        if not _sealed_by(self._key, seal, bytes.fromhex(chain)):
            self._report.differ(f"{where}: not sealed by the courier")
        self._chain = chain
        self._meet(chain)

    def _begin(self, where: str, entry: dict[str, Any]) -> None:
        """A segment's first line: it says what came before and whose seal counts."""
        key, carried = str(entry["key"]), entry["carried"]
        self._key = self._key or key
        if key != self._key:
            self._report.differ(f"{where}: another key than before")
        if not self._chain:
            self._chain, self._dropped = str(carried["after"]), int(carried["messages"])
            self._report.messages = self._dropped
        elif (carried["after"], carried["messages"]) != (self._chain, self._report.messages):
            self._report.differ(f"{where}: does not go on where the segment before ended")
        self._meet(self._chain)

    def _meet(self, chain: str) -> None:
        anchor = self._anchor
        if anchor and self._report.messages == anchor.messages and chain == anchor.chain:
            self._met_anchor = True

    def end(self) -> None:
        """After the last line."""
        report, anchor = self._report, self._anchor
        if anchor and report.messages < anchor.messages:
            report.differ(f"{anchor.messages - report.messages} messages at the end are missing")
        elif anchor and not self._met_anchor and self._kept_since(anchor):
            report.differ("the record was rewritten since it was last checked")
        if self._chain:
            report.head = Anchor(key=self._key, messages=report.messages, chain=self._chain)

    def _kept_since(self, anchor: Anchor) -> bool:
        """Whether the anchor's own line must still be there: old segments are dropped in time."""
        return self._dropped <= anchor.messages


def _lines(folder: Path) -> Iterator[tuple[str, bytes]]:
    for segment in sorted(folder.glob("*.jsonl")):
        content = segment.read_bytes()
        for number, line in enumerate(content.split(b"\n"), start=1):
            if line:
                yield f"{segment.name}:{number}", line[:_LINE_BYTES]


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _sealed_by(key: str, seal: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(seal, content)
    except (InvalidSignature, ValueError):
        return False
    return True
