"""Compares a packet capture with the egress record: what left, and was it written down?

The capture shows TLS 1.3 records, not what is in them: each message is one record, 17 bytes longer
than the message (RFC 8446 section 5.2: content type and tag). So sizes and order are compared, per
relay, from the end of the handshake on (Finished). Reading the packets is tshark's job, a Debian
package.
"""

import difflib
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from edge.errors import EdgeError, UnreachableError

TLS_OVERHEAD = 17
_FINISHED = {53, 69}
"""Of SHA-256 and SHA-384; nothing of ours can be said before it."""

_ENCRYPTED = "23"
_PATIENCE = 120.0
"""Seconds that tshark may take; a day's capture of a home's way out is small."""

_FIELDS = (
    "frame.time_epoch", "ip.dst", "ipv6.dst", "tcp.dstport", "udp.dstport", "tcp.stream",
    "tls.record.opaque_type", "tls.record.length",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message on record: when, to which relay, how long before encryption."""

    at: datetime
    to: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What a capture shows of one packet.

    Attributes:
        to: Host and port, `host:0` for a protocol without ports.
        stream: tshark's number of the TCP connection; empty for anything else.
        records: The lengths of the encrypted TLS records that end in it.
    """

    at: datetime
    to: str
    stream: str
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came of it: messages seen in the capture, and every difference."""

    messages: int
    differences: tuple[str, ...]


def compare(packets: Sequence[Packet], record: Sequence[Sent]) -> Comparison:
    """Hold a capture against the record.

    A message on record from before or after the capture's time is no difference. Packets within
    the home (private and loopback addresses) are none either, unless they go to a relay.
    """
    relays = {sent.to for sent in record}
    differences: list[str] = []
    messages = 0
    for relay in sorted(relays):
        seen = _messages(packets, relay)
        messages += len(seen)
        differences += _aligned(seen, [s for s in record if s.to == relay], _period(packets))
    return Comparison(messages=messages, differences=(*differences, *_strangers(packets, relays)))


def _messages(packets: Iterable[Packet], relay: str) -> list[Sent]:
    """What was said to the relay, by what its records show, after each connection's Finished."""
    greeted: set[str] = set()
    said: list[Sent] = []
    for packet in packets:
        for length in packet.records if packet.to == relay else ():
            if packet.stream in greeted:
                said.append(Sent(at=packet.at, to=relay, size=length - TLS_OVERHEAD))
            elif length in _FINISHED:
                greeted.add(packet.stream)
    return said


def _aligned(
    seen: list[Sent], record: list[Sent], period: tuple[datetime, datetime]
) -> Iterator[str]:
    """What is in one and not in the other, in order."""
    sizes = [sent.size for sent in seen], [sent.size for sent in record]
    matcher = difflib.SequenceMatcher(None, *sizes, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for sent in seen[a:b]:
            yield f"{sent.at:%H:%M:%S.%f} {sent.size} bytes to {sent.to}: left, not on record"
        for sent in record[c:d]:
            if period[0] <= sent.at <= period[1]:
                yield f"{sent.at:%H:%M:%S.%f} {sent.size} bytes to {sent.to}: on record, not seen"


def _period(packets: Sequence[Packet]) -> tuple[datetime, datetime]:
    instants = [packet.at for packet in packets] or [datetime.min.replace(tzinfo=UTC)]
    return min(instants), max(instants)


def _strangers(packets: Iterable[Packet], relays: set[str]) -> Iterator[str]:
    """Packets to somebody outside who is no relay."""
    counts: dict[str, int] = {}
    for packet in packets:
        host = packet.to.rpartition(":")[0]
        if packet.to not in relays and not _within_the_home(host):
            counts[packet.to] = counts.get(packet.to, 0) + 1
    for to, count in sorted(counts.items()):
        yield f"{count} packets to {to}: not a relay"


def _within_the_home(host: str) -> bool:
    address = ip_address(host)
    return address.is_private or address.is_multicast or address.is_link_local


def read_capture(file: Path, relays: Iterable[str]) -> list[Packet]:
    """The packets of a capture file. Blocks, as long as tshark takes.

    Raises:
        UnreachableError: tshark is not installed.
        EdgeError: It cannot read the file.
    """
    program = shutil.which("tshark")
    if program is None:
        raise UnreachableError("tshark", "install the package tshark")
    ports = {relay.rpartition(":")[2] for relay in relays}
    decode = [part for port in sorted(ports) for part in ("-d", f"tcp.port=={port},tls")]
    wanted = [part for field in _FIELDS for part in ("-e", field)]
    command = [program, "-r", str(file), "-Y", "ip || ipv6", *decode, "-T", "fields", *wanted]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the file is the caller's own
            command, capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EdgeError("the capture cannot be read") from error
    return [_packet(line) for line in done.stdout.splitlines() if line]


def _packet(line: str) -> Packet:
    at, four, six, tcp, udp, stream, types, lengths = line.split("\t")
    host, port = four.partition(",")[0] or six.partition(",")[0], tcp or udp or "0"
    kinds = types.split(",")
    sizes = lengths.split(",")[-len(kinds) :]  # records without an opaque type come first
    records = zip(kinds, sizes, strict=True) if types else ()
    return Packet(
        at=datetime.fromtimestamp(0, UTC) + timedelta(seconds=float(at)),
        to=f"{host}:{port}",
        stream=stream,
        records=tuple(int(size) for kind, size in records if kind == _ENCRYPTED),
    )
