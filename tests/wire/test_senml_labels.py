"""Labels: text in JSON, numbers in CBOR, and what must be understood."""

import cbor2
import pytest

from edge.errors import MalformedError
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.senml import Record, decode
from tests.fakes.clock import NOON

JSON, CBOR = Encoding.JSON, Encoding.CBOR


def resolved(pack: object) -> tuple[Record, ...]:
    return decode(encode_tree(pack, JSON), JSON, now=NOON)


def refusal(pack: object) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        resolved(pack)
    return caught.value


def test_an_unknown_label_is_ignored() -> None:
    """What the next RFC adds must not stop a fridge of today."""
    assert resolved([{"n": "b", "v": 1, "foo": {"bar": [1]}}])[0].value == 1.0


def test_an_unknown_label_with_an_underscore_is_refused() -> None:
    """A label that ends in `_` must be understood (section 4.4)."""
    assert refusal([{"n": "b", "v": 1, "foo_": 1}]).field == "record 1: 'foo_'"


def test_a_text_label_that_has_a_number_is_refused_in_cbor() -> None:
    """In CBOR `n` is 0 and nothing else, so nobody can say two names."""
    with pytest.raises(MalformedError, match="record 1: n: in CBOR"):
        decode(cbor2.dumps([{"n": "a", 0: "b", 2: 1}]), CBOR, now=NOON)


def test_an_unknown_number_is_ignored_in_cbor() -> None:
    """A label without a text is as unknown as any other."""
    assert decode(cbor2.dumps([{0: "b", 2: 1, 99: 1}]), CBOR, now=NOON)[0].value == 1.0


def test_a_decimal_fraction_is_a_number_in_cbor() -> None:
    """Tag 4 is the one that RFC 8428 section 6 allows: 62 x 10^-3."""
    payload = bytes.fromhex("81a20061 6202c482 22183e")
    assert decode(payload, CBOR, now=NOON)[0].value == 0.062


def test_bytes_written_as_text_are_refused_in_cbor() -> None:
    """In CBOR `vd` is a byte string, never base64."""
    with pytest.raises(MalformedError, match="record 1: vd"):
        decode(cbor2.dumps([{0: "b", 8: "aGk"}]), CBOR, now=NOON)
