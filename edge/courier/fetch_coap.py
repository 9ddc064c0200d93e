"""Fetches catalogue files over coaps+tcp, block by block (RFC 8323, RFC 7959).

Written out rather than taken from a CoAP library: ADR 0070.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from edge.courier.errors import UnexpectedAnswerError
from edge.courier.messages import RequestCatalogueFile
from edge.courier.way_out import WayOut

MESSAGE_BYTES = 32 * 1024
"""As our greeting announces; a block has 16 KiB at most."""

_CONTENT, _NOT_FOUND = 0x45, 0x84
_SIGNALLING = 0xE0
_RELEASE, _ABORT = 0xE4, 0xE5
_BLOCK2 = 23
_PAYLOAD_MARKER = 0xFF
_KIBI = 1024
_BERT, _MORE = 0x07, 0x08
_HTTP_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class Answer:
    """What a response says, as far as we ask: code, Block2 if there is one, payload."""

    code: int
    block2: int | None
    payload: bytes


class CoapFetcher(FetcherInterface):
    """Gives TUF's client each file as a stream, so that its limits cut in early."""

    def __init__(self, way_out: WayOut) -> None:
        self._way_out = way_out

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self._blocks(url, self._ask(url, 0))

    def _blocks(self, path: str, answer: Answer) -> Iterator[bytes]:
        reached = 0
        while True:
            yield answer.payload
            if not _more_follows(answer, reached):
                return
            reached += len(answer.payload) // _KIBI
            answer = self._ask(path, reached)

    def _ask(self, path: str, block: int) -> Answer:
        self._way_out.say(RequestCatalogueFile(path, block))
        answer = self._hear_answer()
        if answer.code == _NOT_FOUND:
            raise DownloadHTTPError(path, _HTTP_NOT_FOUND)
        if answer.code != _CONTENT:
            _unexpected("neither content nor not found")
        return answer

    def _hear_answer(self) -> Answer:
        while True:
            code, rest = self._hear_message()
            if code in {_RELEASE, _ABORT}:
                _unexpected("the server ended the conversation")
            if code < _SIGNALLING:
                return parse_answer(code, rest)

    def _hear_message(self) -> tuple[int, bytes]:
        """One message of RFC 8323 section 3.2, of bounded length and with an empty token."""
        first = self._way_out.hear(1)[0]
        size = self._extended(first >> 4)
        if size > MESSAGE_BYTES or first & 0x0F:
            _unexpected("a message too long, or with a token nobody gave")
        code = self._way_out.hear(1)[0]
        return code, self._way_out.hear(size)

    def _extended(self, short: int) -> int:
        wide = {13: 1, 14: 2, 15: 4}.get(short, 0)
        offset = {13: 13, 14: 269, 15: 65_805}.get(short, short)
        return offset + int.from_bytes(self._way_out.hear(wide)) if wide else offset


def parse_answer(code: int, rest: bytes) -> Answer:
    """The options and payload of a response (RFC 7252 section 3.1).

    Raises:
        UnexpectedAnswerError: They are malformed.
    """
    number, at, block2 = 0, 0, None
    while at < len(rest) and rest[at] != _PAYLOAD_MARKER:
        first, at = rest[at], at + 1
        delta, at = _nibble(first >> 4, rest, at)
        size, at = _nibble(first & 0x0F, rest, at)
        number += delta
        if at + size > len(rest):
            _unexpected("an option longer than its message")
        if number == _BLOCK2:
            block2 = int.from_bytes(rest[at : at + size])
        at += size
    return Answer(code, block2, rest[at + 1 :])


def _nibble(short: int, rest: bytes, at: int) -> tuple[int, int]:
    """The number that four bits and the bytes after them stand for, and where they end."""
    wide = {13: 1, 14: 2}.get(short, 0)
    offset = {13: 13, 14: 269, 15: -1}.get(short, short)
    if offset < 0 or at + wide > len(rest):
        _unexpected("an option without its length")
    return offset + int.from_bytes(rest[at : at + wide]), at + wide


def _more_follows(answer: Answer, reached: int) -> bool:
    """Whether there is another block; if so, this one is where we asked for it and is whole."""
    if answer.block2 is None or not answer.block2 & _MORE:
        return False
    whole = len(answer.payload) % _KIBI == 0 and answer.payload
    if answer.block2 >> 4 != reached or answer.block2 & _BERT != _BERT or not whole:
        _unexpected("another block than the one asked for")
    return True


def _unexpected(what: str) -> None:
    raise UnexpectedAnswerError(what)
