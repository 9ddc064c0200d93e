"""SenML: the RFC's own examples, its rules one by one, and what always holds."""

from datetime import UTC, datetime, timedelta

import pytest

from edge.errors import MalformedError
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.senml import NAME_MOST, RECORDS_MOST, RELATIVE_BELOW, Record, decode, encode
from tests.fakes.clock import NOON

JSON, CBOR = Encoding.JSON, Encoding.CBOR
DEVICE = "urn:dev:ow:10e2073a01080063"


def resolved(pack: object) -> tuple[Record, ...]:
    return decode(encode_tree(pack, JSON), JSON, now=NOON)


def refusal(pack: object) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        resolved(pack)
    return caught.value


def unix(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# The examples of RFC 8428


def test_a_single_datapoint_is_measured_now() -> None:
    """Section 5.1.1: without any time a record is of roughly now."""
    (record,) = resolved([{"n": f"{DEVICE}", "u": "Cel", "v": 23.1}])
    assert record == Record(name=DEVICE, time=NOON, unit="Cel", value=23.1)


def test_multiple_datapoints_share_name_unit_and_time() -> None:
    """Section 5.1.2: base fields carry over, `u` overrules `bu`, `t` is added to `bt`."""
    records = resolved(
        [
            {"bn": "urn:dev:ow:10e2073a0108006:", "bt": 1.276020076001e09, "bu": "A", "bver": 5,
             "n": "voltage", "u": "V", "v": 120.1},
            {"n": "current", "t": -5, "v": 1.2},
            {"n": "current", "v": 1.7},
        ]
    )  # fmt: skip
    at = unix(1276020076.001)
    assert records == (
        Record(name="urn:dev:ow:10e2073a0108006:voltage", time=at, unit="V", value=120.1),
        Record(
            name="urn:dev:ow:10e2073a0108006:current",
            time=at - timedelta(seconds=5),
            unit="A",
            value=1.2,
        ),
        Record(name="urn:dev:ow:10e2073a0108006:current", time=at, unit="A", value=1.7),
    )


def test_the_base_name_alone_is_a_name() -> None:
    """Section 5.1.3: records of one sensor need no `n`."""
    records = resolved(
        [
            {"bn": DEVICE, "bt": 1.320067464e09, "bu": "%RH", "v": 20},
            {"u": "lon", "v": 24.30621},
            {"u": "%EL", "t": 150, "v": 98},
        ]
    )
    assert records == (
        Record(name=DEVICE, time=unix(1320067464), unit="%RH", value=20.0),
        Record(name=DEVICE, time=unix(1320067464), unit="lon", value=24.30621),
        Record(name=DEVICE, time=unix(1320067614), unit="%EL", value=98.0),
    )


def test_every_data_type_has_its_label() -> None:
    """Section 5.1.5: numbers, text, truth and bytes."""
    records = resolved(
        [
            {"bn": f"{DEVICE}:", "n": "temp", "u": "Cel", "v": 23.1},
            {"n": "label", "vs": "Machine Room"},
            {"n": "open", "vb": False},
            {"n": "nfc-reader", "vd": "aGkgCg"},
        ]
    )
    assert [record.value for record in records] == [23.1, "Machine Room", False, b"hi \n"]


def test_a_later_base_name_overrules_an_earlier_one() -> None:
    """Section 5.1.6: the last record has the third one's base name, the first one's base time."""
    records = resolved(
        [
            {"bn": "2001:db8::2/", "bt": 1.320078429e09, "n": "temperature", "u": "Cel", "v": 25.2},
            {"n": "humidity", "u": "%RH", "v": 30},
            {"bn": "2001:db8::1/", "n": "temperature", "u": "Cel", "v": 12.3},
            {"n": "humidity", "u": "%RH", "v": 67},
        ]
    )
    assert (records[3].name, records[3].time) == ("2001:db8::1/humidity", unix(1320078429))


def test_the_cbor_dump_of_the_rfc_says_what_its_json_says() -> None:
    """Section 6: the hexadecimal dump, octet by octet."""
    dump = bytes.fromhex(
        "87a721781b75726e3a6465763a6f773a3130653230373361303130383030363a22fb41d303a15b00106223"
        "614120050067766f6c7461676501615602fb405e066666666666a3006763757272656e74062402fb3ff333"
        "3333333333a3006763757272656e74062302fb3ff4cccccccccccda3006763757272656e74062202fb3ff6"
        "666666666666a3006763757272656e74062102f93e00a3006763757272656e74062002fb3ff99999999999"
        "9aa3006763757272656e74060002fb3ffb333333333333"
    )
    records = decode(dump, CBOR, now=NOON)
    assert [record.value for record in records] == [120.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
    assert [(unix(1276020076.001) - record.time).total_seconds() for record in records] == [
        0, 5, 4, 3, 2, 1, 0,
    ]  # fmt: skip


# Rules, one by one


@pytest.mark.parametrize(
    ("seconds", "time"),
    [
        (-900, NOON - timedelta(minutes=15)),
        (0, NOON),
        (RELATIVE_BELOW - 1, NOON + timedelta(seconds=RELATIVE_BELOW - 1)),
        (RELATIVE_BELOW, unix(RELATIVE_BELOW)),
    ],
)
def test_a_time_below_two_to_the_28_is_relative(seconds: int, time: datetime) -> None:
    """Section 4.5.3: negative is past, and from 2^28 on it is Unix time."""
    assert resolved([{"n": "butter", "v": 1, "t": seconds}])[0].time == time


def test_the_sum_decides_whether_a_time_is_relative() -> None:
    """`bt` alone may be small and `t` large: their sum is what counts."""
    half = RELATIVE_BELOW // 2
    assert resolved([{"n": "b", "v": 1, "bt": half, "t": half}])[0].time == unix(RELATIVE_BELOW)


@pytest.mark.parametrize("seconds", [1e300, -1e300, 1e12, -1e12, -1e11])
def test_a_time_beyond_the_calendar_is_refused(seconds: float) -> None:
    """Whatever cannot be a date is an error of `t`, and of nothing else."""
    assert refusal([{"n": "b", "v": 1}, {"n": "b", "v": 1, "t": seconds}]).field == "record 2: t"


def test_a_base_value_is_added_and_stands_alone() -> None:
    """`bv` is added to `v`, and is the value of a record that says nothing else."""
    records = resolved([{"bn": "b", "bv": 20, "v": 0.5}, {"t": 1}, {"vb": True}, {"s": 7}])
    assert [(record.value, record.sum) for record in records] == [
        (20.5, None),
        (20.0, None),
        (True, None),
        (None, 7.0),
    ]


def test_a_base_sum_is_added_and_stands_alone() -> None:
    """`bs` is added to `s`, and a sum may stand without a value."""
    records = resolved([{"bn": "b", "bs": 100, "s": 5}, {"v": 2}])
    assert [(record.value, record.sum) for record in records] == [(None, 105.0), (2.0, 100.0)]


def test_an_update_time_is_kept() -> None:
    """`ut` is how long to wait for the next record."""
    assert resolved([{"n": "b", "v": 1, "ut": 900}])[0].update_time == 900.0


@pytest.mark.parametrize("version", [1, 10])
def test_versions_up_to_ten_are_understood(version: int) -> None:
    """The RFC's examples say 5, the RFC itself 10."""
    assert resolved([{"n": "b", "v": 1, "bver": version}])


@pytest.mark.parametrize("version", [0, -1, 11, 10.5, "10"])
def test_another_version_is_refused(version: object) -> None:
    """A version that is later, or none at all, refuses the whole pack."""
    pack = [{"n": "b", "v": 1}, {"n": "b", "v": 1, "bver": version}]
    assert refusal(pack).field == "record 2: bver"


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"n": "b"}, "record 1: v"),
        ({"n": "b", "v": 1, "vb": True}, "record 1: v"),
        ({"n": "b", "v": 1, "vs": "x"}, "record 1: v"),
        ({"v": 1}, "record 1: n"),
        ({"n": "", "v": 1}, "record 1: n"),
        ({"n": "-b", "v": 1}, "record 1: n"),
        ({"n": "a b", "v": 1}, "record 1: n"),
        ({"n": "käse", "v": 1}, "record 1: n"),
        ({"n": 5, "v": 1}, "record 1: n"),
        ({"n": "b", "v": True}, "record 1: v"),
        ({"n": "b", "v": "1"}, "record 1: v"),
        ({"n": "b", "vb": 1}, "record 1: vb"),
        ({"n": "b", "vd": "aGk="}, "record 1: vd"),
        ({"n": "b", "vd": "a+k"}, "record 1: vd"),
        ({"n": "b", "vd": "aGl"}, "record 1: vd"),
        ({"n": "b", "vd": 1}, "record 1: vd"),
        ({"n": "b", "v": 1, "ut": -1}, "record 1: ut"),
        ({"n": "b", "v": 1e308, "bv": 1e308}, "record 1: v"),
        ({"n": "b", "s": 1e308, "bs": 1e308}, "record 1: s"),
        ([], "record 1"),
        (None, "record 1"),
    ],
)
def test_a_wrong_field_is_named(record: object, field: str) -> None:
    """Each rule that is broken is reported at the record and label that broke it."""
    assert refusal([record]).field == field


# Limits, in pairs


@pytest.mark.parametrize("pack", [[], {}, "x", 5, None, [[]] * (RECORDS_MOST + 1)])
def test_a_pack_is_an_array_of_a_bounded_number_of_records(pack: object) -> None:
    """None, too many, or no array at all: refused before a record is looked at."""
    assert refusal(pack).field == "payload"


def test_the_largest_pack_is_accepted() -> None:
    """512 records are a pack."""
    pack = [{"bn": "b", "v": 1}, *({"t": -n, "v": 1} for n in range(1, RECORDS_MOST))]
    assert len(resolved(pack)) == RECORDS_MOST


def test_the_longest_name_is_accepted_and_one_more_is_not() -> None:
    """64 characters are counted with the base name."""
    base, rest = "b" * 40, "n" * (NAME_MOST - 40)
    assert resolved([{"bn": base, "n": rest, "v": 1}])[0].name == base + rest
    assert refusal([{"bn": base, "n": rest + "n", "v": 1}]).field == "record 1: n"


def test_a_time_that_senml_cannot_say_is_not_encoded() -> None:
    """Before July 1978 an absolute time would be read as a relative one."""
    with pytest.raises(ValueError, match="1978"):
        encode([Record(name="b", time=unix(RELATIVE_BELOW - 1), value=1.0)], JSON)
