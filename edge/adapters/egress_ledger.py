"""What left the home: the courier's record, read and judged message by message.

`household_facts` is computed, not claimed: it counts every recorded message that is not, byte for
byte, a greeting, a farewell or a request for a name of the public signed catalogue.
"""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

from edge.adapters.public_names import PublicNames, is_name
from edge.domain.egress import EgressMessage, EgressSummary
from edge.wire.catalogue_request import Channel, is_formality, is_request

_LINE_BYTES = 64 * 1024
_CHANNELS: dict[str, Channel] = {"coap": "coap", "mqtt": "mqtt"}


class _Verdict(Enum):
    """What a message said about this home."""

    PUBLIC = auto()
    """Nothing: every byte follows from the public catalogue."""
    PENDING = auto()
    """Nothing as far as can be judged: it names a catalogue newer than the one we verified."""
    UNEXPLAINED = auto()
    """Something that no rule of ours explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """All that is kept, oldest first, and the totals of what was dropped before it."""

    dropped_messages: int
    dropped_bytes: int
    kept: tuple[tuple[EgressMessage, _Verdict], ...]


class RecordedEgress:
    """Keeps the `EgressLedger` promise over the courier's record.

    Args:
        folder: Where the courier writes it.
        names: Gives those of the newest verified catalogue; None while there is none.
    """

    def __init__(self, folder: Path, names: Callable[[], PublicNames | None]) -> None:
        self._folder = folder
        self._names = names

    async def summary(self) -> EgressSummary:
        """The totals so far."""
        record = await self._read()
        verdicts = Counter(verdict for _, verdict in record.kept)
        return EgressSummary(
            messages=record.dropped_messages + len(record.kept),
            size=record.dropped_bytes + sum(message.size for message, _ in record.kept),
            household_facts=verdicts[_Verdict.UNEXPLAINED],
            pending=verdicts[_Verdict.PENDING],
        )

    async def newest(self, *, limit: int) -> Sequence[EgressMessage]:
        """The last messages, newest first."""
        record = await self._read()
        return [message for message, _ in record.kept[: -limit - 1 : -1]]

    async def _read(self) -> _Record:
        return await asyncio.to_thread(_read, self._folder, self._names())


def _read(folder: Path, names: PublicNames | None) -> _Record:
    dropped = (0, 0)
    kept = []
    for place, line in enumerate(_lines(folder)):
        entry = _entry(line)
        if "carried" in entry:
            dropped = dropped if place else _carried(entry)  # later ones carry what we count
        elif judged := _judged(entry, names):
            kept.append(judged)
    return _Record(dropped_messages=dropped[0], dropped_bytes=dropped[1], kept=tuple(kept))


def _lines(folder: Path) -> Iterator[bytes]:
    """The record's lines, oldest first; the courier bounds how many there are."""
    for segment in sorted(folder.glob("*.jsonl")):
        try:
            content = segment.read_bytes()
        except FileNotFoundError:
            continue  # the oldest one has just been dropped
        yield from filter(None, content.split(b"\n"))


def _entry(line: bytes) -> dict[str, Any]:
    """The line's object; empty when a crash tore the line: then its message was never sent."""
    try:
        entry = json.loads(line[:_LINE_BYTES])
    except (ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) else {}


def _carried(entry: Mapping[str, Any]) -> tuple[int, int]:
    try:
        return int(entry["carried"]["messages"]), int(entry["carried"]["bytes"])
    except (KeyError, TypeError, ValueError):
        return 0, 0


def _judged(
    entry: Mapping[str, Any], names: PublicNames | None
) -> tuple[EgressMessage, _Verdict] | None:
    """The message that the entry records; None when it records none."""
    try:
        content = base64.b64decode(entry["bytes"], validate=True)
        at = datetime.fromisoformat(entry["at"])
        channel, to, purpose, path = (str(entry[n]) for n in ("channel", "to", "purpose", "path"))
        judged_before = names.pulled_at if names else None
        late = judged_before is None or at > judged_before
    except (KeyError, TypeError, ValueError):
        return None
    verdict = _verdict(channel, path, content, names)
    if verdict is _Verdict.PENDING and not late:
        verdict = _Verdict.UNEXPLAINED
    message = EgressMessage(
        at=at,
        channel=channel,
        to=to,
        purpose=purpose,
        asks_for=path,
        size=len(content),
        explained=verdict is not _Verdict.UNEXPLAINED,
    )
    return message, verdict


def _verdict(channel: str, path: str, content: bytes, names: PublicNames | None) -> _Verdict:
    """What it says; a name that we do not know is pending until we know all of its time."""
    known = _CHANNELS.get(channel)
    if known is None:
        return _Verdict.UNEXPLAINED
    if not path:
        return _Verdict.PUBLIC if is_formality(known, content) else _Verdict.UNEXPLAINED
    if not is_name(path) or not is_request(known, path, content):
        return _Verdict.UNEXPLAINED
    return _Verdict.PUBLIC if names and names.hold(path) else _Verdict.PENDING
