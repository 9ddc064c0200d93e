"""Writes down every message before it is sent; what cannot be written down is not sent.

JSON lines in segments of bounded size; the oldest segment goes when there are too many. The first
line of each segment carries the totals of all before it, so that they survive. Read by the runtime
(edge/adapters/egress_ledger.py) to show the household what left.
"""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from edge.courier.errors import RecordError

SEGMENT_BYTES = 1024 * 1024
SEGMENTS_MOST = 8
"""8 MiB: half a year of four pulls a day with nothing new, two weeks with everything new."""

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


class EgressRecord:
    """The record in one folder."""

    def __init__(self, folder: Path, *, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._segment_bytes = segment_bytes

    def add(self, sending: Sending) -> None:
        """Write it down, durably.

        Raises:
            RecordError: It could not be written; it must not be sent.
        """
        try:
            self._append(_line(sending))
        except (OSError, ValueError) as error:
            message = "the egress record cannot be written"
            raise RecordError(message) from error

    def _append(self, line: bytes) -> None:
        segment = self._segment()
        descriptor = os.open(segment, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        with os.fdopen(descriptor, "ab") as file:
            if file.tell() and not _ends_whole(segment):
                file.write(b"\n")  # a crash left half a line: it stays visible, by itself
            file.write(line)
            file.flush()
            os.fsync(descriptor)

    def _segment(self) -> Path:
        """The segment to write to, begun if there is none or the last one is full."""
        self._folder.mkdir(parents=True, exist_ok=True)
        segments = sorted(self._folder.glob("*.jsonl"))
        if segments and segments[-1].stat().st_size < self._segment_bytes:
            return segments[-1]
        fresh = self._begin(segments)
        for old in segments[: max(0, len(segments) + 1 - SEGMENTS_MOST)]:
            old.unlink()
        return fresh

    def _begin(self, segments: list[Path]) -> Path:
        """A new segment, whole with its first line before it has its name."""
        number = int(segments[-1].stem) + 1 if segments else 1
        messages, size = _totals(segments[-1]) if segments else (0, 0)
        fresh = self._folder / _SEGMENT.format(number=number)
        partial = fresh.with_suffix(".part")
        carried = {"carried": {"messages": messages, "bytes": size}}
        partial.write_bytes(json.dumps(carried).encode() + b"\n")
        partial.replace(fresh)
        return fresh


def _line(sending: Sending) -> bytes:
    entry = {
        "at": sending.at,
        "channel": sending.channel,
        "to": sending.to,
        "purpose": "offer",
        "path": sending.path,
        "bytes": base64.b64encode(sending.content).decode(),
        "size": len(sending.content),
    }
    return json.dumps(entry).encode() + b"\n"


def _ends_whole(segment: Path) -> bool:
    with segment.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _totals(segment: Path) -> tuple[int, int]:
    """How many messages and bytes there were up to the end of this segment."""
    messages = size = 0
    for line in segment.read_bytes().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        carried = entry.get("carried")
        messages += carried["messages"] if carried else 1
        size += carried["bytes"] if carried else entry["size"]
    return messages, size
