"""Writes down every message before it is sent; what cannot be written down is not sent.

JSON lines in segments of bounded size; the oldest segment goes when there are too many. The first
line of each segment carries the totals of all before it, so that they survive. Each line is chained
to the one before and sealed with the courier's own key, so the newest line is the signed head of
all of them (docs/wire/egress-record.md). Read by the runtime (edge/adapters/egress_ledger.py,
egress_chain.py) to show the household what left, and that nothing was taken out.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edge.courier.errors import RecordError

SEGMENT_BYTES = 1024 * 1024
SEGMENTS_MOST = 8
"""8 MiB: two years of pulls that find nothing new, a month of pulls in which everything is."""

_SEGMENT = "{number:08d}.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A message about to be sent.

    Attributes:
        at: When, by the courier's clock, ISO 8601.
        channel: `coap` or `mqtt`.
        to: The relay, as host and port.
        path: The catalogue's file that is asked for; empty when none is.
        content: The message itself, as it is before encryption.
    """

    at: str
    channel: str
    to: str
    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """Where the record has come to.

    Attributes:
        messages, bytes: All that were ever recorded.
        chain: SHA-256 over all lines so far, hexadecimal.
    """

    messages: int = 0
    bytes: int = 0
    chain: str = "0" * 64


class EgressRecord:
    """The record in one folder.

    Args:
        key: Seals each line.
    """

    def __init__(
        self, folder: Path, *, key: Ed25519PrivateKey, segment_bytes: int = SEGMENT_BYTES
    ) -> None:
        self._folder = folder
        self._key = key
        self._segment_bytes = segment_bytes
        self._head: _Head | None = None

    def add(self, sending: Sending) -> None:
        """Write it down, durably.

        Raises:
            RecordError: It could not be written; it must not be sent.
        """
        try:
            self._append(sending)
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._head = None  # what is on the disk counts, not what we meant to write
            message = "the egress record cannot be written"
            raise RecordError(message) from error

    def _append(self, sending: Sending) -> None:
        segment, head = self._segment()
        line, chain = self._sealed(_fields(sending), head.chain)
        descriptor = os.open(segment, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        with os.fdopen(descriptor, "ab") as file:
            if file.tell() and not _ends_whole(segment):
                file.write(b"\n")  # a crash left half a line: it stays visible, by itself
            file.write(line)
            file.flush()
            os.fsync(descriptor)
        self._head = _Head(
            messages=head.messages + 1, bytes=head.bytes + len(sending.content), chain=chain
        )

    def _segment(self) -> tuple[Path, _Head]:
        """The segment to write to, begun if there is none or the last one is full."""
        self._folder.mkdir(parents=True, exist_ok=True)
        segments = sorted(self._folder.glob("*.jsonl"))
        head = self._head or (_head(segments[-1]) if segments else _Head())
        if segments and segments[-1].stat().st_size < self._segment_bytes:
            return segments[-1], head
        fresh, head = self._begin(segments, head)
        for old in segments[: max(0, len(segments) + 1 - SEGMENTS_MOST)]:
            old.unlink()
        return fresh, head

    def _begin(self, segments: list[Path], head: _Head) -> tuple[Path, _Head]:
        """A new segment, whole with its first line before it has its name."""
        number = int(segments[-1].stem) + 1 if segments else 1
        fresh = self._folder / _SEGMENT.format(number=number)
        partial = fresh.with_suffix(".part")
        totals = {"messages": head.messages, "bytes": head.bytes, "after": head.chain}
        key = self._key.public_key().public_bytes_raw().hex()
        line, chain = self._sealed({"carried": totals, "key": key}, head.chain)
        partial.write_bytes(line)
        partial.replace(fresh)
        return fresh, _Head(messages=head.messages, bytes=head.bytes, chain=chain)

    def _sealed(self, fields: dict[str, Any], before: str) -> tuple[bytes, str]:
        """The line, chained to the one before it, and the new end of the chain."""
        chain = hashlib.sha256(bytes.fromhex(before) + json.dumps(fields).encode()).hexdigest()
        seal = base64.b64encode(self._key.sign(bytes.fromhex(chain))).decode()
        return json.dumps(fields | {"chain": chain, "seal": seal}).encode() + b"\n", chain


def _fields(sending: Sending) -> dict[str, Any]:
    return {
        "at": sending.at,
        "channel": sending.channel,
        "to": sending.to,
        "purpose": "offer",
        "path": sending.path,
        "bytes": base64.b64encode(sending.content).decode(),
        "size": len(sending.content),
    }


def _ends_whole(segment: Path) -> bool:
    with segment.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _head(segment: Path) -> _Head:
    """Where the record had come to at the end of this segment; a torn line does not count."""
    head = _Head()
    for line in segment.read_bytes().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        carried = entry.get("carried")
        head = _Head(
            messages=carried["messages"] if carried else head.messages + 1,
            bytes=carried["bytes"] if carried else head.bytes + entry["size"],
            chain=entry["chain"],
        )
    return head
