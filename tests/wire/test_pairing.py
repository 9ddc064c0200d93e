"""Pairing messages: both sides agree, known answers hold, nothing else opens."""

import json

import cbor2
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import MalformedError
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.pairing import (
    Credentials,
    PairingKey,
    decode_request,
    proof_of,
    seal_answer,
    stretch,
)
from tests.builders import FRIDGE
from tests.wire.appliance_side import PairingAppliance

CODE = "ABCDEFGHJKMN"
KEY = stretch(CODE)
MANIFEST = '{"doorstep:kind": "kühl"}'.encode()
APPLIANCE = PairingAppliance(CODE, MANIFEST)
GIVEN = Credentials(
    device=FRIDGE,
    password="secret",
    master_secret=bytes(16),
    master_salt=bytes(8),
    sender_id=b"\x01\x02\x03\x04",
    recipient_id=b"\x00",
)


@pytest.mark.parametrize("encoding", Encoding)
def test_an_appliance_with_the_code_proves_it(encoding: Encoding) -> None:
    """A request made from the document alone is understood and proven."""
    appliance = PairingAppliance(CODE, MANIFEST)
    request = decode_request(appliance.request(encoding), encoding)
    assert (request.nonce, request.manifest) == (appliance.nonce, MANIFEST)
    assert request.is_proven_with(stretch(CODE))


def test_the_manifest_may_be_bytes_in_cbor() -> None:
    """A text or a byte string: the octets that are proven are the same."""
    appliance = PairingAppliance(CODE, MANIFEST)
    tree = {"nonce": appliance.nonce, "manifest": MANIFEST, "proof": appliance.proof}
    assert decode_request(cbor2.dumps(tree), Encoding.CBOR).is_proven_with(stretch(CODE))


@given(
    code=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=12, max_size=12).filter(
        lambda code: code != CODE
    )
)
def test_another_code_proves_nothing(code: str) -> None:
    """Only the code that the window was opened with opens it."""
    request = decode_request(PairingAppliance(code, MANIFEST).request(Encoding.CBOR), Encoding.CBOR)
    assert not request.is_proven_with(KEY)


@given(bit=st.integers(0, 255))
def test_a_proof_that_is_off_by_one_bit_proves_nothing(bit: int) -> None:
    """All 256 bits of a proof count."""
    wrong = (int.from_bytes(APPLIANCE.proof, "big") ^ (1 << bit)).to_bytes(32, "big")
    tree = {"nonce": APPLIANCE.nonce, "manifest": MANIFEST, "proof": wrong}
    assert not decode_request(cbor2.dumps(tree), Encoding.CBOR).is_proven_with(KEY)


@pytest.mark.parametrize("part", ["nonce", "manifest"])
def test_a_proof_is_for_one_nonce_and_one_manifest(part: str) -> None:
    """Nobody on the way can swap what the appliance says of itself."""
    appliance = PairingAppliance(CODE, MANIFEST)
    tree = {"nonce": appliance.nonce, "manifest": MANIFEST, "proof": appliance.proof}
    tree[part] = tree[part][:-1] + b"x"
    assert not decode_request(cbor2.dumps(tree), Encoding.CBOR).is_proven_with(KEY)


@pytest.mark.parametrize("encoding", Encoding)
def test_the_answer_opens_with_the_code(encoding: Encoding) -> None:
    """An appliance reads its name and its secrets."""
    appliance = PairingAppliance(CODE, MANIFEST)
    answer = seal_answer(GIVEN, key=KEY, nonce=appliance.nonce, encoding=encoding)
    assert appliance.opened(answer, encoding) == {
        "device": "fridge-7f3a",
        "password": "secret",
        "oscore": {
            "master_secret": "AAAAAAAAAAAAAAAAAAAAAA",
            "master_salt": "AAAAAAAAAAA",
            "sender_id": "01020304",
            "recipient_id": "00",
        },
    }


def test_the_answer_opens_for_nobody_else() -> None:
    """Neither another code nor another request opens it, and nothing in it is readable."""
    answer = seal_answer(GIVEN, key=KEY, nonce=bytes(range(16)), encoding=Encoding.CBOR)
    assert b"secret" not in answer
    for stranger in (
        PairingAppliance("000000000000", MANIFEST),
        PairingAppliance(CODE, MANIFEST, nonce=bytes(16)),
    ):
        with pytest.raises(InvalidTag):
            stranger.opened(answer, Encoding.CBOR)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"nonce": None}, "nonce"),
        ({"nonce": "AAAA"}, "nonce"),
        ({"nonce": "AAAAAAAAAAAAAAAAAAAAAA=="}, "nonce"),
        ({"proof": "AAAA"}, "proof"),
        ({"proof": 5}, "proof"),
        ({"manifest": {"title": "x"}}, "manifest"),
        ({"manifest": None}, "manifest"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], field: str) -> None:
    """Before any secret is touched."""
    good = json.loads(PairingAppliance(CODE, MANIFEST).request(Encoding.JSON))
    with pytest.raises(MalformedError) as caught:
        decode_request(encode_tree(good | change, Encoding.JSON), Encoding.JSON)
    assert caught.value.field == field


def test_text_is_no_byte_string_in_cbor() -> None:
    """Base64 belongs to JSON."""
    payload = cbor2.dumps({"nonce": "A" * 22, "manifest": "{}", "proof": bytes(32)})
    with pytest.raises(MalformedError, match=r"^nonce: "):
        decode_request(payload, Encoding.CBOR)


@given(payload=st.binary(max_size=200), encoding=st.sampled_from(Encoding))
def test_any_bytes_are_a_request_or_refused(payload: bytes, encoding: Encoding) -> None:
    """Whoever sends what: MalformedError at most."""
    try:
        decode_request(payload, encoding)
    except MalformedError:
        return


def test_keys_do_not_show_themselves() -> None:
    """A key in a log or a traceback is a name without letters."""
    key = PairingKey(proof=b"proof-key", seal=b"seal-key")
    assert "key" not in repr(key).replace("PairingKey", "")
    assert len(proof_of(key, bytes(16), b"")) == 32
