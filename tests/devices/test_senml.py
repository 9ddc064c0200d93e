"""SenML as an appliance writes it, read back by the rules of RFC 8428 section 4."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
from hypothesis import given
from hypothesis import strategies as st

from devices.appliance import Measurement
from devices.senml import CBOR_LABELS, RECORDS_MOST, packs, to_cbor, to_json
from tests.devices.builders import NOON

BASE = "urn:uuid:9d2f2c1e-5a44-4c83-9d0c-0e7a4f8b1c11/"

measurements = st.builds(
    Measurement,
    name=st.sampled_from(["butter", "milk", "door"]),
    time=st.integers(-60 * 86_400, 300).map(lambda seconds: NOON + timedelta(seconds=seconds)),
    value=st.booleans() | st.floats(0, 1e9, allow_subnormal=False),
    unit=st.sampled_from(["kg", "m3", "count", "/"]),
)


def resolved(records: list[dict[str, Any]]) -> list[Measurement]:
    """What the records say, base fields carried over."""
    name, time, said = "", 0, []
    for record in records:
        name, time = record.get("bn", name), record.get("bt", time)
        at = datetime.fromtimestamp(time + record.get("t", 0), UTC)
        value = record["vb"] if "vb" in record else float(record["v"])
        item = (name + record["n"]).removeprefix(BASE)
        said.append(Measurement(name=item, time=at, value=value, unit=record["u"]))
    return said


@given(st.lists(measurements, min_size=1, max_size=20))
def test_json_says_what_was_measured(pack: list[Measurement]) -> None:
    """Name, instant, value and unit of each."""
    assert resolved(json.loads(to_json(pack, base_name=BASE))) == pack


@given(st.lists(measurements, min_size=1, max_size=20))
def test_cbor_says_the_same(pack: list[Measurement]) -> None:
    """With the labels of RFC 8428, table 4."""
    words = {number: word for word, number in CBOR_LABELS.items()}
    records = cbor2.loads(to_cbor(pack, base_name=BASE))

    assert resolved([{words[k]: v for k, v in record.items()} for record in records]) == pack


def test_a_pack_looks_like_the_example_of_the_wire_document() -> None:
    """Base name and base time once, then short records."""
    pack = [
        Measurement(name="butter", time=NOON, value=0.062, unit="kg"),
        Measurement(name="milk", time=NOON - timedelta(minutes=15), value=0.91, unit="l"),
        Measurement(name="door", time=NOON, value=False, unit="/"),
    ]

    assert json.loads(to_json(pack, base_name=BASE)) == [
        {"bn": BASE, "bt": int(NOON.timestamp()), "n": "butter", "u": "kg", "v": 0.062},
        {"n": "milk", "u": "l", "v": 0.91, "t": -900},
        {"n": "door", "u": "/", "vb": False},
    ]


def test_packs_stay_within_the_wire() -> None:
    """The longest pack has fewer than 512 records and 16 KiB, in JSON too."""
    month = timedelta(days=60)
    longest = Measurement(name="history", time=NOON - month, value=123456.123456, unit="count")
    many = [Measurement(name="x", time=NOON, value=1, unit="count"), *[longest] * 600]

    split = list(packs(many))

    assert [len(pack) for pack in split] == [250, 250, 101]
    assert RECORDS_MOST < 512
    assert len(to_json(split[0], base_name=BASE)) < 16 * 1024
