"""What left the home: the courier's record, read and judged message by message.

`household_facts` is computed, not claimed: it counts every recorded message that is not, byte for
byte, a greeting, a farewell or a request for a name of the public signed catalogue.
"""

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from edge.adapters.public_names import PublicNames, is_name
from edge.wire.catalogue_request import Channel, is_formality, is_request

NEWEST = 100
"""How many entries are given in full."""

_LINE_BYTES = 64 * 1024
_CHANNELS: dict[str, Channel] = {"coap": "coap", "mqtt": "mqtt"}


class Verdict(StrEnum):
    """What a message said about this home."""

    PUBLIC = "public"
    """Nothing: every byte follows from the public catalogue."""
    PENDING = "pending"
    """Nothing as far as can be judged: it names a catalogue newer than the one we verified."""
    UNEXPLAINED = "unexplained"
    """Something that no rule of ours explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """One message that left.

    Attributes:
        channel: `coap` or `mqtt`, as recorded.
        to: The relay's host and port.
        path: The public file it asks for; empty when it asks for none.
        size: Its length before encryption, in bytes.
        content: The message itself.
    """

    at: datetime
    channel: str
    to: str
    purpose: str
    path: str
    size: int
    content: bytes
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """Everything that left, in figures, and the newest of it in full.

    Attributes:
        messages, bytes: All that were ever recorded.
        household_facts: How many kept messages are unexplained.
        pending: How many cannot be judged before the next verified catalogue.
        torn: How many lines a crash or a hand has spoilt.
        newest: Newest first.
    """

    messages: int = 0
    bytes: int = 0
    household_facts: int = 0
    pending: int = 0
    torn: int = 0
    newest: tuple[Departure, ...] = ()


class EgressLedger:
    """The courier's record in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def read(self, names: PublicNames | None) -> Egress:
        """Read and judge all that is kept, off the event loop.

        Args:
            names: Those of the newest verified catalogue; None while there is none.
        """
        return await asyncio.to_thread(_read, self._folder, names)


def _read(folder: Path, names: PublicNames | None) -> Egress:
    before = (0, 0)
    torn = 0
    departures: list[Departure] = []
    for place, line in enumerate(_lines(folder)):
        entry = _entry(line)
        if "carried" in entry:
            before = _carried(entry) if place == 0 else before  # later ones carry what we count
        elif departure := _departure(entry, names):
            departures.append(departure)
        else:
            torn += 1
    verdicts = Counter(departure.verdict for departure in departures)
    return Egress(
        messages=before[0] + len(departures),
        bytes=before[1] + sum(departure.size for departure in departures),
        household_facts=verdicts[Verdict.UNEXPLAINED],
        pending=verdicts[Verdict.PENDING],
        torn=torn,
        newest=tuple(departures[: -NEWEST - 1 : -1]),
    )


def _lines(folder: Path) -> Iterator[bytes]:
    """The record's lines, oldest first; the courier bounds how many there are."""
    for segment in sorted(folder.glob("*.jsonl")):
        try:
            content = segment.read_bytes()
        except FileNotFoundError:
            continue  # the oldest one has just been dropped
        yield from filter(None, content.split(b"\n"))


def _entry(line: bytes) -> dict[str, Any]:
    """The line's object; empty when it is none."""
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


def _departure(entry: Mapping[str, Any], names: PublicNames | None) -> Departure | None:
    """The message that the entry records; None when it records none."""
    try:
        content = base64.b64decode(entry["bytes"], validate=True)
        at = datetime.fromisoformat(entry["at"])
        texts = {name: str(entry[name]) for name in ("channel", "to", "purpose", "path")}
        verdict = _verdict(texts["channel"], texts["path"], content, at, names)
        whole = at.tzinfo is not None and entry["size"] == len(content)
    except (KeyError, TypeError, ValueError):
        return None
    return Departure(
        at=at,
        size=len(content),
        content=content,
        verdict=verdict if whole else Verdict.UNEXPLAINED,
        **texts,
    )


def _verdict(
    channel: str, path: str, content: bytes, at: datetime, names: PublicNames | None
) -> Verdict:
    known = _CHANNELS.get(channel)
    if known is None:
        return Verdict.UNEXPLAINED
    if not path:
        return Verdict.PUBLIC if is_formality(known, content) else Verdict.UNEXPLAINED
    if not is_name(path) or not is_request(known, path, content):
        return Verdict.UNEXPLAINED
    if names and names.hold(path):
        return Verdict.PUBLIC
    judged = names and names.pulled_at and at <= names.pulled_at
    return Verdict.UNEXPLAINED if judged else Verdict.PENDING
