"""Bodies in blocks: put together whole, bounded in size, number and time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.local.coap_blocks import BODY_MOST, UPLOAD_S, Block, Uploads, cut
from edge.adapters.local.coap_messages import CoapError, Code


def _upload(uploads: Uploads, sender: str, body: bytes, size: int) -> bytes | None:
    whole = None
    for number in range(max(1, -(-len(body) // size))):
        part = body[number * size : (number + 1) * size]
        block = Block(number=number, size=size, more=(number + 1) * size < len(body))
        whole = uploads.add(sender, "readings", block, part, now=0.0)
    return whole


@given(st.binary(max_size=BODY_MOST), st.sampled_from([16, 64, 256, 1024]))
def test_a_body_comes_out_as_it_went_in(body: bytes, size: int) -> None:
    """Whatever its length and the block size, and nothing is left over."""
    uploads = Uploads(most=1)
    assert _upload(uploads, "fridge", body, size) == body
    assert len(uploads) == 0


def test_a_body_has_a_largest_size() -> None:
    """16 KiB is taken, one byte more is 4.13 and is dropped."""
    uploads = Uploads(most=1)
    assert _upload(uploads, "fridge", bytes(BODY_MOST), 1024) == bytes(BODY_MOST)
    with pytest.raises(CoapError) as refused:
        _upload(uploads, "fridge", bytes(BODY_MOST + 1), 1024)
    assert refused.value.code == Code.TOO_LARGE
    assert len(uploads) == 0


@pytest.mark.parametrize(
    ("number", "more", "length", "code"),
    [
        (2, False, 16, Code.INCOMPLETE),
        (1, True, 15, Code.BAD_REQUEST),
        (1, True, 17, Code.BAD_REQUEST),
        (1, False, 17, Code.BAD_REQUEST),
    ],
)
def test_a_block_that_does_not_follow_ends_the_upload(
    number: int, length: int, code: Code, *, more: bool
) -> None:
    """A gap is 4.08 (begin again), a wrong size is 4.00; nothing is kept of either."""
    uploads = Uploads(most=1)
    uploads.add("fridge", "readings", Block(number=0, size=16, more=True), bytes(16), now=0.0)
    block = Block(number=number, size=16, more=more)
    with pytest.raises(CoapError) as refused:
        uploads.add("fridge", "readings", block, bytes(length), now=0.0)
    assert refused.value.code == code
    assert len(uploads) == 0


def test_a_block_in_the_middle_of_nothing_is_incomplete() -> None:
    """After a restart of the runtime the appliance must begin again."""
    with pytest.raises(CoapError) as refused:
        Uploads(most=1).add("fridge", "readings", Block(number=1, size=16), b"", now=0.0)
    assert refused.value.code == Code.INCOMPLETE


def test_an_upload_that_stalls_is_forgotten() -> None:
    """Just before the time is over the next block is taken, at its end it is not."""
    first, last = Block(number=0, size=16, more=True), Block(number=1, size=16)
    uploads = Uploads(most=1)
    uploads.add("fridge", "a", first, bytes(16), now=0.0)
    assert uploads.add("fridge", "a", last, b"", now=UPLOAD_S - 0.001) == bytes(16)
    uploads.add("fridge", "a", first, bytes(16), now=100.0)
    with pytest.raises(CoapError):
        uploads.add("fridge", "a", last, b"", now=100.0 + UPLOAD_S)


def test_one_sender_has_two_uploads_and_loses_the_oldest() -> None:
    """An appliance that restarts in the middle is not locked out by its own leftovers."""
    first, last = Block(number=0, size=16, more=True), Block(number=1, size=16)
    uploads = Uploads(most=8)
    for what in ("a", "b", "c"):
        uploads.add("fridge", what, first, bytes(16), now=0.0)
    assert len(uploads) == 2
    with pytest.raises(CoapError):
        uploads.add("fridge", "a", last, b"", now=0.0)
    assert uploads.add("fridge", "c", last, b"", now=0.0) == bytes(16)


def test_all_together_have_a_largest_number() -> None:
    """When it is reached a new sender is told when to come back, and the others go on."""
    first = Block(number=0, size=16, more=True)
    uploads = Uploads(most=1)
    uploads.add("fridge", "a", first, bytes(16), now=0.0)
    with pytest.raises(CoapError) as refused:
        uploads.add("ereader", "a", first, bytes(16), now=0.0)
    assert (refused.value.code, refused.value.max_age_s) == (Code.UNAVAILABLE, 30)
    assert uploads.add("fridge", "a", Block(number=1, size=16), b"", now=0.0) == bytes(16)


def test_a_forgotten_sender_leaves_nothing() -> None:
    """Its half a body goes with it, others' stay."""
    first = Block(number=0, size=16, more=True)
    uploads = Uploads(most=2)
    uploads.add("fridge", "a", first, bytes(16), now=0.0)
    uploads.add("ereader", "a", first, bytes(16), now=0.0)
    uploads.forget("fridge")
    assert len(uploads) == 1


@given(st.binary(max_size=5_000), st.sampled_from([16, 128, 1024]))
def test_an_answer_cut_into_blocks_is_whole_again(body: bytes, size: int) -> None:
    """Every block but the last is full and says that more follows."""
    parts, more = b"", True
    number = 0
    while more:
        part, block = cut(body, Block(number=number, size=size))
        more = block is not None and block.more
        assert len(part) == size or not more
        parts += part
        number += 1
    assert parts == body


def test_a_short_answer_is_not_cut() -> None:
    """1024 bytes fit into one message, 1025 do not."""
    assert cut(bytes(1024), None) == (bytes(1024), None)
    assert cut(bytes(1025), None) == (bytes(1024), Block(number=0, size=1024, more=True))


def test_a_block_beyond_the_end_is_refused() -> None:
    """There is a last block, and nothing after it."""
    assert cut(bytes(1025), Block(number=1, size=1024))[0] == bytes(1)
    with pytest.raises(CoapError):
        cut(bytes(1024), Block(number=1, size=1024))
