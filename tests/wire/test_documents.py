"""Every example in the wire documents is read by the code that is meant to read it."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge.domain.appliance import Appliance
from edge.domain.measures import DeviceId, Unit
from edge.errors import MalformedError
from edge.wire.encoding import Encoding
from edge.wire.manifest import decode_manifest
from edge.wire.pairing import Credentials, proof_of, seal_answer, stretch
from edge.wire.pairing_code import typed_code
from edge.wire.placement import encode_placement
from edge.wire.reaction import decode_reaction
from edge.wire.readings import readings_from
from edge.wire.refusal import encode_refusal
from edge.wire.senml import Record, decode
from tests.builders import FRIDGE, a_placement, an_appliance, an_item
from tests.wire.appliance_side import PairingAppliance

DOCUMENTS = Path(__file__).parents[2] / "docs" / "wire"
ELSEWHERE = {"mqtt.md", "coap.md", "catalogue.md", "egress-record.md", "exchange.md"}
"""Read by the tests of the rooms that speak them."""

_BLOCK = re.compile(r"^```(json|hex)\n(.*?)^```", re.MULTILINE | re.DOTALL)

SENT_AT = datetime.fromtimestamp(1795447800, UTC)
"""The `bt` of the example pack, and the day of the other examples."""


def blocks(document: str) -> list[bytes]:
    """Its fenced examples in JSON, and those in hexadecimal as the bytes they stand for."""
    found = _BLOCK.findall((DOCUMENTS / document).read_text())
    return [text.encode() if kind == "json" else bytes.fromhex(text) for kind, text in found]


def a_kitchen() -> Appliance:
    """What the example pack is about."""
    fridge = decode_manifest(blocks("manifest.md")[0], device=FRIDGE, paired_at=SENT_AT)
    milk = an_item("milk", category="milk", unit=Unit.GRAM, package=None)
    return an_appliance(items=(*fridge.items, milk))


def read_pack(payload: bytes, encoding: Encoding) -> tuple[Record, ...]:
    records = decode(payload, encoding, now=SENT_AT)
    readings = readings_from(records, a_kitchen(), now=SENT_AT)
    assert [(reading.name, reading.value) for reading in readings] == [
        ("butter", 62.0),
        ("milk", 910.0),
        ("door", 0.0),
    ]
    assert readings[1].time == SENT_AT - timedelta(minutes=15)
    return records


def check_refusal(example: bytes) -> None:
    error = MalformedError(field="record 3: t", rule="at most 5 minutes in the future")
    assert json.loads(example) == json.loads(encode_refusal(error, topic="readings"))


def check_manifest(example: bytes) -> None:
    fridge = decode_manifest(example, device=FRIDGE, paired_at=SENT_AT)
    assert [item.id.name for item in fridge.items] == ["butter", "door"]


def check_placement(example: bytes) -> None:
    until = datetime.fromtimestamp(json.loads(example)["until"], UTC)
    placement = a_placement(until=until)
    ours = encode_placement(placement, language="de", encoding=Encoding.JSON)
    assert json.loads(example) == json.loads(ours)


def check_reaction(example: bytes) -> None:
    reaction = decode_reaction(example, Encoding.JSON, now=SENT_AT + timedelta(days=1))
    assert reaction.at == SENT_AT + timedelta(seconds=121)


def check_pairing(example: bytes) -> None:
    known = json.loads(example)
    key = stretch(typed_code(known["code"]))
    nonce, manifest = bytes.fromhex(known["nonce"]), known["manifest"].encode()
    assert (key.proof + key.seal).hex() == known["key"]
    assert proof_of(key, nonce, manifest).hex() == known["proof"]
    answer = seal_answer(
        known_credentials(known["answer"]), key=key, nonce=nonce, encoding=Encoding.JSON
    )
    appliance = PairingAppliance(known["code"], manifest, nonce=nonce)
    assert appliance.sealed(answer, Encoding.JSON).hex() == known["sealed"]
    assert appliance.opened(answer, Encoding.JSON) == known["answer"]
    assert (appliance.key.hex(), appliance.proof.hex()) == (known["key"], known["proof"])


def known_credentials(answer: Mapping[str, str]) -> Credentials:
    """Those of the known answer, counted up from nought."""
    return Credentials(
        device=DeviceId(answer["device"]),
        password=answer["password"],
        master_secret=bytes(range(16)),
        master_salt=bytes(range(8)),
        sender_id=bytes.fromhex("01020304"),
        recipient_id=bytes(1),
    )


READERS: Mapping[str, tuple[Callable[[bytes], object], ...]] = {
    "README.md": (check_refusal,),
    "manifest.md": (check_manifest,),
    "pairing.md": (check_pairing,),
    "placement.md": (check_placement, check_reaction),
    "senml.md": (
        lambda example: read_pack(example, Encoding.JSON),
        lambda example: read_pack(example, Encoding.CBOR),
    ),
    "categories.md": (),
}
"""What reads each example of each document, in their order."""


@pytest.mark.parametrize("document", sorted(READERS))
def test_every_example_is_read_by_its_decoder(document: str) -> None:
    """As many readers as examples, and each example says what it is there to say."""
    for reader, example in zip(READERS[document], blocks(document), strict=True):
        reader(example)


def test_both_examples_of_a_pack_are_the_same_pack() -> None:
    """The JSON and the hexadecimal CBOR resolve to equal records."""
    in_json, in_cbor = blocks("senml.md")
    assert read_pack(in_json, Encoding.JSON) == read_pack(in_cbor, Encoding.CBOR)


def test_no_document_is_forgotten() -> None:
    """A new document is read here or by the room that speaks it."""
    assert {path.name for path in DOCUMENTS.glob("*.md")} == READERS.keys() | ELSEWHERE
