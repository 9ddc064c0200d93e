"""Whatever a CoAP server answers, the courier takes what it asked for or ends the pull."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tuf.api.exceptions import DownloadError, DownloadHTTPError

from edge.courier.errors import CourierError, UnexpectedAnswerError
from edge.courier.fetch_coap import MESSAGE_BYTES, CoapFetcher
from edge.courier.messages import RequestCatalogueFile
from tests.courier.scripted_way_out import ScriptedWayOut

HEAD = "metadata/timestamp.json"
CSM = bytes.fromhex("40e122800020")
PING = bytes.fromhex("00e2")
RELEASE = bytes.fromhex("00e4")
ETAG = b"\x42hi"


def answer(
    payload: bytes, *, block2: int | None = None, code: int = 0x45, etag: bytes = b""
) -> bytes:
    """A response without a token."""
    options = etag
    if block2 is not None:
        value = block2.to_bytes(2)
        options += bytes([13 << 4 | 2, (23 - (4 if etag else 0)) - 13]) + value
    body = options + (b"\xff" + payload if payload else b"")
    size = len(body)
    if size < 13:
        return bytes([size << 4, code]) + body
    if size < 269:
        return bytes([13 << 4, size - 13, code]) + body
    return bytes([14 << 4]) + (size - 269).to_bytes(2) + bytes([code]) + body


def fetched(*script: bytes) -> tuple[bytes, list[int]]:
    """What a fetch of the head brings, and which blocks it asked for."""
    way_out = ScriptedWayOut(b"".join(script))
    content = b"".join(CoapFetcher(way_out).fetch(HEAD))
    asked = [message for message in way_out.said if isinstance(message, RequestCatalogueFile)]
    return content, [message.block for message in asked]


def test_a_small_file_is_one_answer() -> None:
    """Signalling before it and options that nobody asked for do no harm."""
    assert fetched(CSM, PING, answer(b"head", etag=ETAG)) == (b"head", [0])


def test_a_large_file_comes_block_by_block() -> None:
    """The next request goes on where the last answer ended, however much it brought."""
    first, second, third = b"a" * 2048, b"b" * 1024, b"c"
    script = (
        answer(first, block2=0 << 4 | 8 | 7),
        answer(second, block2=2 << 4 | 8 | 7),
        answer(third, block2=3 << 4 | 7),
    )
    assert fetched(CSM, *script) == (first + second + third, [0, 2, 3])


def test_a_missing_file_is_told_as_missing() -> None:
    """4.04 is how TUF's client learns that there is no newer root."""
    with pytest.raises(DownloadHTTPError) as refusal:
        fetched(CSM, answer(b"", code=0x84))
    assert refusal.value.status_code == 404


@pytest.mark.parametrize(
    "script",
    [
        answer(b"", code=0xA0),
        answer(b"", code=0x43),
        RELEASE,
        bytes.fromhex("00e5"),
        b"\x01\x45t",
        bytes([14 << 4]) + (MESSAGE_BYTES - 268).to_bytes(2) + b"\x45",
        bytes([15 << 4]) + b"\xff\xff\xff\xff\x45",
        b"\x10\x45\xf0",
        b"\x10\x45\x0f",
        b"\x20\x45\xd1\x0a",
        b"\x10\x45\xd1",
    ],
)
def test_a_broken_answer_ends_the_pull(script: bytes) -> None:
    """Server errors, farewells, foreign tokens, oversize and malformed options."""
    with pytest.raises((CourierError, DownloadError)) as refusal:
        fetched(CSM, script)
    assert isinstance(refusal.value.__cause__ or refusal.value, UnexpectedAnswerError)


@pytest.mark.parametrize(
    ("second", "block2"),
    [(b"b" * 1024, 5 << 4 | 8 | 7), (b"b" * 1024, 1 << 4 | 8 | 6), (b"b" * 100, 1 << 4 | 8 | 7)],
)
def test_another_block_than_the_one_asked_for_ends_the_pull(second: bytes, block2: int) -> None:
    """Neither skipped, nor of another size, nor cut short."""
    with pytest.raises(UnexpectedAnswerError):
        fetched(CSM, answer(b"a" * 1024, block2=8 | 7), answer(second, block2=block2))


@given(st.binary(max_size=300))
@example(answer(b"x" * 1024, block2=8 | 7) * 3)
def test_any_bytes_end_in_content_or_in_a_refusal(script: bytes) -> None:
    """Nothing else is raised, and nothing is asked for twice."""
    way_out = ScriptedWayOut(script)
    with suppress(CourierError, DownloadError):
        for _ in CoapFetcher(way_out).fetch(HEAD):
            pass
    assert len(set(way_out.said)) == len(way_out.said)
