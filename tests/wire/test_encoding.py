"""What reaches a decoder is bounded first, and what comes out of it is plain."""

import time

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import MalformedError
from edge.wire.encoding import DEPTH_MOST, PAYLOAD_MOST, Encoding, decode_tree, encode_tree

JSON, CBOR = Encoding.JSON, Encoding.CBOR


def refused(payload: bytes, encoding: Encoding) -> str:
    with pytest.raises(MalformedError) as caught:
        decode_tree(payload, encoding)
    assert caught.value.field == "payload"
    return caught.value.rule


@pytest.mark.parametrize("encoding", Encoding)
def test_the_largest_payload_is_accepted_and_one_byte_more_is_not(encoding: Encoding) -> None:
    """16 KiB are decoded; 16 KiB and one byte are not even looked at."""
    frame = len(encode_tree("x" * PAYLOAD_MOST, encoding)) - PAYLOAD_MOST
    text = "x" * (PAYLOAD_MOST - frame)
    assert decode_tree(encode_tree(text, encoding), encoding) == text
    assert "16384 bytes" in refused(encode_tree(text + "x", encoding), encoding)


@pytest.mark.parametrize("encoding", Encoding)
def test_the_deepest_payload_is_accepted_and_one_level_more_is_not(encoding: Encoding) -> None:
    """Sixteen levels are decoded, seventeen are not."""
    tree: list[object] = [0]
    for _ in range(DEPTH_MOST - 1):
        tree = [tree]
    assert decode_tree(encode_tree(tree, encoding), encoding) == tree
    assert "levels deep" in refused(encode_tree([tree], encoding), encoding)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b'{"a": 1,}',
        b"[1] 2",
        b"NaN",
        b"-Infinity",
        b"\xff",
        "[]".encode("utf-16"),
        b"\xef\xbb\xbf[]",
        b'{"a": 1, "a": 2}',
        b"1e999",
        b"9" * 30,
        b"9" * 5000,
        rb'"\ud800"',
        rb'{"\udfff": 1}',
        b"[" * PAYLOAD_MOST,
        b'"' + rb"\"" * 8000,
    ],
)
def test_what_is_not_quite_json_is_refused(payload: bytes) -> None:
    """No Python extension of JSON, no repeated key, no number or text that cannot be kept."""
    assert refused(payload, JSON)


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        ("", "nothing"),
        ("810102", "something after the item"),
        ("8201", "an array cut short"),
        ("9bffffffffffffffff", "an array of 2^64 elements"),
        ("5bffffffffffffffff", "a byte string of 2^64 bytes"),
        ("1b00", "a head cut short"),
        ("1c", "a reserved head"),
        ("9f01ff", "an indefinite length"),
        ("c074323031332d30332d32315432303a30343a30305a", "a date"),
        ("c2410f", "a big number"),
        ("d81c81d81d00", "a list that holds itself"),
        ("d9d9f701", "a self-described item"),
        ("c48200c24101", "a big number inside a decimal fraction"),
        ("c4821a3b9aca0001", "a decimal fraction of a thousand million digits"),
        ("c4820001c4", "a tag after the item"),
        ("f7", "undefined"),
        ("e0", "a simple value"),
        ("f97e00", "not a number"),
        ("f97c00", "infinity"),
        ("a2010a010b", "a key twice"),
        ("a1f50a", "a boolean key"),
        ("a1810a0a", "an array as a key"),
        ("62c328", "text that is not UTF-8"),
    ],
)
def test_what_is_more_than_json_can_say_is_refused(payload: str, what: str) -> None:
    """CBOR is taken for what JSON has words for, of lengths that are there."""
    assert refused(bytes.fromhex(payload), CBOR), what


def test_an_endless_string_takes_no_longer_than_a_short_one() -> None:
    """Looking for brackets outside strings is one pass, also over quotes that never close."""
    started = time.process_time()
    refused(b'"' + rb"\"" * (PAYLOAD_MOST // 2 - 1), JSON)
    assert time.process_time() - started < 0.1


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(tree=plain, encoding=st.sampled_from(Encoding))
def test_what_is_encoded_decodes_to_the_same(tree: object, encoding: Encoding) -> None:
    """Plain values come back as they were, in both encodings."""
    assert decode_tree(encode_tree(tree, encoding), encoding) == tree


@given(payload=st.binary(max_size=400))
def test_any_bytes_are_cbor_or_refused(payload: bytes) -> None:
    """No byte string makes the CBOR side raise anything but MalformedError."""
    try:
        decode_tree(payload, CBOR)
    except MalformedError:
        return


@given(payload=st.binary(max_size=200) | st.text('[]{}",:\\ eu1.-', max_size=200).map(str.encode))
def test_any_bytes_are_json_or_refused(payload: bytes) -> None:
    """No byte string makes the JSON side raise anything but MalformedError."""
    try:
        decode_tree(payload, JSON)
    except MalformedError:
        return


def test_cbor_of_somebody_else_is_read() -> None:
    """What cbor2 writes of plain values is what we read."""
    assert decode_tree(cbor2.dumps({1: [b"x", 1.5, None, True]}), CBOR) == {
        1: [b"x", 1.5, None, True]
    }
