"""The world outside, the same for both twins: a real signed catalogue, a relay, and its weather."""

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from edge.courier.outdoors import Line
from edge.courier.subscription import Subscription
from tests.catalogue_world import Files, World
from tests.fakes.clock import NOON
from tests.twins.virtual_time import VirtualTime

HOUR = 3600.0
ANSWER_SECONDS = 0.05
SLOW_SECONDS = 9.0
PIECE = 16 * 1024

WEATHER = ("fine", "refused", "cut", "slow", "empty", "rollback")
"""How a pull may go, for everybody."""


@dataclass(frozen=True, slots=True)
class Editions:
    """What the cloud serves from which second on, oldest first."""

    root: bytes
    since: tuple[tuple[float, Files], ...]

    def at(self, second: float) -> Files:
        """What it serves then."""
        return [files for begin, files in self.since if begin <= second][-1]


@cache
def editions() -> Editions:
    """Four publications in a day: the first, a fresh head at six hours, new prices, a new head."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        since = []
        for hour, cheaper in ((0, True), (6, False), (11, True), (17, False)):
            world.price += 0 if cheaper else 1  # the same price as before: only the head is new
            files = world.publish(now=NOON + timedelta(hours=hour))
            since.append((hour * HOUR, files))
        return Editions(world.root, tuple(since))


@dataclass(frozen=True, slots=True)
class Relay:
    """The only way out, and the server behind it."""

    time: VirtualTime
    weather: tuple[str, ...]

    def dial(self, subscription: Subscription) -> Line:
        """A line to the server; the world sees who is dialled and under which name."""
        where = f"{subscription.host}:{subscription.port}"
        self.time.loop.note("dial", where, subscription.server_name.encode())
        weather = self.weather[int(self.time.tick() // (4 * HOUR)) % len(self.weather)]
        if weather == "refused":
            raise ConnectionRefusedError
        files = {"empty": {}, "rollback": editions().since[0][1]}.get(
            weather, editions().at(self.time.tick())
        )
        return FakeLine(self.time, where, files, weather)


class FakeLine:
    """A line whose other end answers by either protocol."""

    def __init__(self, time: VirtualTime, where: str, files: Files, weather: str) -> None:
        self._time = time
        self._where = where
        self._files = files
        self._slow = weather == "slow"
        self._left = 3_000 if weather == "cut" else None
        self._answer = b""
        self._fresh = False

    def sendall(self, content: bytes, /) -> None:
        """The world sees it; an answer gets ready."""
        self._time.loop.note("say", self._where, content)
        self._answer += answer_to(content, self._files)
        self._fresh = True

    def recv(self, most: int, /) -> bytes:
        """What has arrived; the first byte of an answer takes its time."""
        if self._fresh:
            self._time.advance(SLOW_SECONDS if self._slow else ANSWER_SECONDS)
            self._fresh = False
        most = most if self._left is None else min(most, self._left)
        part, self._answer = self._answer[:most], self._answer[most:]
        if self._left is not None:
            self._left -= len(part)
        return part

    def settimeout(self, seconds: float, /) -> None:
        """Nobody keeps us waiting here."""

    def close(self) -> None:
        """The world sees us hang up."""
        self._time.loop.note("hang up", self._where)


def answer_to(content: bytes, files: Files) -> bytes:
    """What the cloud answers: nothing to greetings and to what it does not understand."""
    match content[:1]:
        case b"\x10":
            return b"\x20\x02\x00\x00"
        case b"\x82":
            return _mqtt_answer(content, files)
        case b"\xd0":
            return _coap_answer(content, files)
    return b""


def _mqtt_answer(content: bytes, files: Files) -> bytes:
    size = int.from_bytes(content[5:7])
    topic = content[7 : 7 + size].decode()
    file = files.get(topic.removeprefix("catalogue/v1/"))
    found = b"" if file is None else _publish(topic, file)
    return b"\x90\x05\x00\x01\x00\x00\x00" + found + _publish("catalogue/v1/barrier", b"-")


def _publish(topic: str, content: bytes) -> bytes:
    body = len(topic).to_bytes(2) + topic.encode() + content
    size = len(body)
    return b"\x31" + bytes([size & 0x7F | 0x80, size >> 7 & 0x7F | 0x80, size >> 14]) + body


def _coap_answer(content: bytes, files: Files) -> bytes:
    path, block = _asked(content)
    file = files.get(path)
    if file is None:
        return b"\x00\x84"
    begin = block * 1024
    more = 8 if len(file) > begin + PIECE else 0
    rest = b"\xd3\x0a" + (block << 4 | more | 7).to_bytes(3) + b"\xff" + file[begin : begin + PIECE]
    short, extended = _frame_length(len(rest))
    return bytes([short << 4]) + extended + b"\x45" + rest


def _frame_length(size: int) -> tuple[int, bytes]:
    if size < 269:
        return 13, bytes([size - 13])
    return 14, (size - 269).to_bytes(2)


def _asked(content: bytes) -> tuple[str, int]:
    """The path and the block of a padded request; its options begin after three bytes."""
    segments, at, number, block = [], 3, 0, 0
    while at < len(content) and content[at] >> 4 != 14:
        number += content[at] >> 4
        size = content[at] & 15
        at += 1
        if content[at - 1] >> 4 == 13:
            number += content[at]
            at += 1
        if size == 13:
            size += content[at]
            at += 1
        value, at = content[at : at + size], at + size
        if number == 11:
            segments.append(value.decode())
        else:
            block = int.from_bytes(value) >> 4
    return "/".join(segments), block
