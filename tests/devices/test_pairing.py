"""The appliance's side of pairing, without a network."""

import json

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.credentials import Credentials
from devices.pairing import Attempt, PairingError, from_base64url, to_base64url
from tests.devices.builders import NOON
from tests.devices.sealing import GIVEN, answer_to

CODE = "0123-4567-89AB"
NONCE = bytes(range(16))


def an_attempt(code: str = CODE) -> Attempt:
    return Attempt.with_code(code, {"title": "Kühlschrank"}, nonce=NONCE)


ATTEMPT = an_attempt()


def opened(attempt: Attempt, *, code: str = CODE) -> Credentials:
    sealed = answer_to(code, attempt.nonce, attempt.manifest, attempt.proof)
    return attempt.open_cbor(cbor2.dumps({"sealed": sealed}), joined=NOON)


def test_who_knows_the_code_is_let_in() -> None:
    """With a name, a password and keys of its own, as the runtime sealed them."""
    credentials = opened(an_attempt())

    assert credentials.device == GIVEN["device"]
    assert credentials.oscore.sender_id == b"\x01"
    assert credentials.base_name.startswith("urn:uuid:")


@pytest.mark.parametrize("typed", ["0123456789AB", "0123-4567-89ab", " 0123 4567 89AB "])
def test_a_code_may_be_typed_as_people_type(typed: str) -> None:
    """Without dashes, in small letters."""
    assert an_attempt(typed).proof == an_attempt().proof


@pytest.mark.parametrize("typed", ["", "0123-4567-89A", "0123-4567-89ABC", "0123-4567-89AU"])
def test_what_cannot_be_a_code_is_refused_before_anything_is_sent(typed: str) -> None:
    """Too short, too long, a letter that Crockford left out."""
    with pytest.raises(PairingError, match="XXXX-XXXX-XXXX"):
        an_attempt(typed)


def test_both_forms_of_the_request_say_the_same() -> None:
    """base64url in JSON, byte strings in CBOR, the manifest word by word in both."""
    attempt = an_attempt()
    in_json, in_cbor = json.loads(attempt.as_json()), cbor2.loads(attempt.as_cbor())

    assert in_json["manifest"] == in_cbor["manifest"] == '{"title":"Kühlschrank"}'
    assert from_base64url(in_json["nonce"]) == in_cbor["nonce"] == NONCE
    assert from_base64url(in_json["proof"]) == in_cbor["proof"] == attempt.proof


def test_an_answer_sealed_with_another_code_is_nobodys() -> None:
    """Whoever does not know the code cannot give keys."""
    attempt = an_attempt()
    other = an_attempt("0123-4567-89AC")
    sealed = answer_to("0123-4567-89AC", NONCE, other.manifest, other.proof)

    with pytest.raises(PairingError, match="knows the code"):
        attempt.open_cbor(cbor2.dumps({"sealed": sealed}), joined=NOON)


def test_an_answer_to_another_request_is_nobodys() -> None:
    """The nonce is part of the seal: an old answer opens nothing."""
    old = an_attempt()
    sealed = answer_to(CODE, old.nonce, old.manifest, old.proof)
    new = Attempt.with_code(CODE, {}, nonce=bytes(16))

    with pytest.raises(PairingError):
        new.open_cbor(cbor2.dumps({"sealed": sealed}), joined=NOON)


@given(st.binary(max_size=200))
def test_whatever_is_answered_is_no_crash(answer: bytes) -> None:
    """Neither form of an answer can do more than fail."""
    for open_answer in (ATTEMPT.open_json, ATTEMPT.open_cbor):
        with pytest.raises(PairingError):
            open_answer(answer, joined=NOON)


@pytest.mark.parametrize("sealed", [b"short", 7, None, "text", [1]])
def test_a_seal_that_is_none_is_refused(sealed: object) -> None:
    """Of any type."""
    with pytest.raises(PairingError):
        an_attempt().open_cbor(cbor2.dumps({"sealed": sealed}), joined=NOON)


@given(st.binary(max_size=64))
def test_base64url_goes_there_and_back(value: bytes) -> None:
    """Without padding on the wire."""
    assert from_base64url(to_base64url(value)) == value
    assert "=" not in to_base64url(value)
