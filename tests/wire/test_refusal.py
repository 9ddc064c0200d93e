"""Refusals on the wire: where and why, and no more than that."""

import json

import cbor2

from edge.errors import MalformedError, RefusedError, TooManyError
from edge.wire.encoding import Encoding
from edge.wire.refusal import encode_no_pairing, encode_refusal


def test_a_malformed_message_is_answered_with_field_and_rule() -> None:
    """As docs/wire/README.md shows it."""
    error = MalformedError(field="record 3: t", rule="at most 5 minutes in the future")
    assert json.loads(encode_refusal(error, topic="readings")) == {
        "topic": "readings",
        "field": "record 3: t",
        "rule": "at most 5 minutes in the future",
    }


def test_a_refused_message_has_no_field() -> None:
    """Nothing in the payload is wrong: it came too fast, or from nobody."""
    for error in (
        RefusedError(what="readings", rule="no"),
        TooManyError("readings", retry_after_s=1),
    ):
        assert json.loads(encode_refusal(error, topic="readings")).keys() == {"topic", "rule"}


def test_a_stranger_hears_one_sentence() -> None:
    """Wrong code, late, or no window: the same answer."""
    assert json.loads(encode_no_pairing(Encoding.JSON)) == {"error": "no pairing"}
    assert cbor2.loads(encode_no_pairing(Encoding.CBOR)) == {"error": "no pairing"}
