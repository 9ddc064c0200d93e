"""SenML: what always holds, whatever the pack."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from edge.errors import MalformedError
from edge.wire.encoding import Encoding, encode_tree
from edge.wire.senml import RELATIVE_BELOW, Record, decode, encode
from tests.fakes.clock import NOON

JSON, CBOR = Encoding.JSON, Encoding.CBOR


def resolved(pack: object) -> tuple[Record, ...]:
    return decode(encode_tree(pack, JSON), JSON, now=NOON)


names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9\-:./_]{0,30}", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
instants = st.integers(RELATIVE_BELOW * 10**6, 4_102_444_800 * 10**6).map(
    lambda microseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)
values = st.one_of(numbers, st.text(max_size=20), st.booleans(), st.binary(max_size=20))
records = st.one_of(
    st.builds(Record, name=names, time=instants, unit=st.none() | st.just("kg"), value=values),
    st.builds(Record, name=names, time=instants, value=st.none() | numbers, sum=numbers),
    st.builds(Record, name=names, time=instants, value=values, update_time=st.just(900.0)),
)
packs = st.lists(records, min_size=1, max_size=8)


@given(pack=packs, encoding=st.sampled_from(Encoding))
def test_what_is_encoded_decodes_to_the_same(pack: list[Record], encoding: Encoding) -> None:
    """decode(encode(x)) = x, in both encodings, whatever now is."""
    assert decode(encode(pack, encoding), encoding, now=NOON) == tuple(pack)


@given(pack=packs)
def test_both_encodings_say_the_same(pack: list[Record]) -> None:
    """A pack in JSON and the same pack in CBOR resolve to equal records."""
    in_json, in_cbor = (decode(encode(pack, one), one, now=NOON) for one in (JSON, CBOR))
    assert in_json == in_cbor


@given(pack=packs)
def test_resolving_twice_changes_nothing(pack: list[Record]) -> None:
    """A resolved pack resolves to itself (section 4.6)."""
    once = decode(encode(pack, JSON), JSON, now=NOON)
    assert decode(encode(once, JSON), JSON, now=NOON + timedelta(days=9)) == once


@given(
    suffixes=st.lists(names, min_size=1, max_size=6),
    base_time=st.integers(RELATIVE_BELOW * 2, 4_000_000_000),
    base_value=st.integers(-1000, 1000),
    offsets=st.lists(st.integers(-1000, 1000), min_size=6, max_size=6),
)
def test_splitting_off_base_fields_changes_nothing(
    suffixes: list[str], base_time: int, base_value: int, offsets: list[int]
) -> None:
    """Said once in base fields or again in each record: the resolved records are equal."""
    plain: list[dict[str, object]] = [
        {"n": "home/" + name, "u": "kg", "t": base_time + at, "v": base_value + at}
        for name, at in zip(suffixes, offsets, strict=False)
    ]
    split: list[dict[str, object]] = [
        {"n": name, "t": at, "v": at} for name, at in zip(suffixes, offsets, strict=False)
    ]
    split[0] |= {"bn": "home/", "bt": base_time, "bu": "kg", "bv": base_value}
    assert resolved(split) == resolved(plain)


@given(
    pack=packs,
    where=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
    encoding=st.sampled_from(Encoding),
)
@example(pack=[Record(name="b", time=NOON, value=1.0)], where=0.0, byte=0x9F, encoding=CBOR)
def test_a_mutated_pack_is_refused_or_still_valid(
    pack: list[Record], where: float, byte: int, encoding: Encoding
) -> None:
    """One wrong byte gives MalformedError or records that can be encoded again, nothing else."""
    payload = bytearray(encode(pack, encoding))
    payload[int(where * len(payload))] = byte
    try:
        mutated = decode(bytes(payload), encoding, now=NOON)
    except MalformedError:
        return
    recent = [one for one in mutated if one.time.timestamp() >= RELATIVE_BELOW]
    assert decode(encode(recent, encoding), encoding, now=NOON) == tuple(recent) or not recent


@given(payload=st.binary(max_size=200), encoding=st.sampled_from(Encoding))
def test_any_bytes_are_refused_or_valid(payload: bytes, encoding: Encoding) -> None:
    """Whatever arrives, the only exception is MalformedError."""
    try:
        decode(payload, encoding, now=NOON)
    except MalformedError:
        return
