"""Records to readings: the unit table, the limits in pairs, the whole pack or nothing."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.appliance import Appliance
from edge.domain.item import EvidenceKind
from edge.domain.measures import Unit
from edge.domain.reading import Reading
from edge.errors import MalformedError
from edge.wire.readings import readings_from
from edge.wire.senml import Record, Value
from tests.builders import an_appliance, an_item
from tests.fakes.clock import NOON

TICK = timedelta(microseconds=1)

HOME = an_appliance(
    items=(
        an_item("butter", unit=Unit.GRAM, package=250.0),
        an_item("milk", category="milk", unit=Unit.MILLILITRE, package=None),
        an_item("eggs", category="eggs", unit=Unit.COUNT, package=10.0),
        an_item("scan", unit=Unit.COUNT, evidence=EvidenceKind.EVENT, package=None),
        an_item("door", unit=Unit.COUNT, evidence=EvidenceKind.CONTEXT, package=None),
    )
)


def a_record(
    name: str = "butter",
    *,
    value: Value | None = 0.062,
    unit: str | None = "kg",
    time: datetime = NOON,
    total: float | None = None,
) -> Record:
    return Record(name=f"urn:uuid:1/{name}", time=time, unit=unit, value=value, sum=total)


def read(*records: Record, appliance: Appliance = HOME) -> tuple[Reading, ...]:
    return readings_from(records, appliance, now=NOON)


def refusal(*records: Record) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        read(*records)
    return caught.value


@pytest.mark.parametrize(
    ("name", "unit", "value", "amount"),
    [
        ("butter", "kg", 0.062, 62.0),
        ("butter", "g", 62.0, 62.0),
        ("butter", "/", 0.5, 125.0),
        ("milk", "m3", 0.00091, 910.0),
        ("milk", "l", 0.91, 910.0),
        ("eggs", "count", 6.0, 6.0),
        ("eggs", None, 6.0, 6.0),
        ("eggs", "/", 0.1, 1.0),
        ("scan", "count", -1.0, -1.0),
        ("scan", None, 1.0, 1.0),
    ],
)
def test_a_value_becomes_an_amount_in_the_items_unit(
    name: str, unit: str | None, value: float, amount: float
) -> None:
    """The table of senml.md, row by row."""
    (reading,) = read(a_record(name, value=value, unit=unit))
    assert reading.value == pytest.approx(amount)
    assert (reading.device, reading.name, reading.time) == (HOME.id, name, NOON)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("butter", "l"),
        ("butter", "count"),
        ("butter", None),
        ("butter", "lb"),
        ("milk", "kg"),
        ("milk", "/"),
        ("eggs", "kg"),
        ("scan", "/"),
    ],
)
def test_a_unit_that_the_item_cannot_have_is_refused(name: str, unit: str | None) -> None:
    """Litres of butter, or a share of an unknown package, are errors of `u`."""
    assert refusal(a_record(name, value=1.0, unit=unit)).field == "record 1: u"


@pytest.mark.parametrize(("unit", "truth", "value"), [("/", True, 1.0), (None, False, 0.0)])
def test_a_state_is_one_or_nought(unit: str | None, value: float, *, truth: bool) -> None:
    """A door is open (1.0) or shut (0.0)."""
    assert read(a_record("door", value=truth, unit=unit))[0].value == value


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (a_record("door", value=1.0, unit="/"), "vb"),
        (a_record("door", value=True, unit="kg"), "u"),
        (a_record("butter", value=True), "v"),
        (a_record("butter", value="much"), "v"),
        (a_record("butter", value=b"much"), "v"),
        (a_record("butter", value=None, total=5.0), "s"),
        (a_record("butter", value=1.0, total=5.0), "s"),
        (a_record("butter", value=1.01, unit="/"), "v"),
        (a_record("butter", value=-0.01, unit="/"), "v"),
    ],
)
def test_a_value_that_the_item_does_not_take_is_refused(record: Record, field: str) -> None:
    """Text, bytes, sums, and numbers where a state is expected, are named by their label."""
    assert refusal(record).field == f"record 1: {field}"


def test_an_unknown_item_is_named() -> None:
    """The refusal says which item the manifest does not have, and in which record."""
    error = refusal(a_record(), a_record("jam"))
    assert (error.field, "'jam'" in error.rule) == ("record 2: n", True)


def test_the_item_is_what_follows_the_last_slash() -> None:
    """A base name may be long or missing: only its end counts."""
    for name in ("butter", "a/butter", "a/b/butter"):
        assert read(Record(name=name, time=NOON, unit="g", value=1.0))[0].name == "butter"


@pytest.mark.parametrize(
    "time", [NOON + timedelta(minutes=5), NOON - timedelta(days=60), NOON, NOON + TICK]
)
def test_a_time_within_the_limits_is_kept(time: datetime) -> None:
    """Five minutes ahead and sixty days late are both still accepted."""
    assert read(a_record(time=time))[0].time == time


@pytest.mark.parametrize(
    "time", [NOON + timedelta(minutes=5) + TICK, NOON - timedelta(days=60) - TICK]
)
def test_a_time_beyond_the_limits_is_refused(time: datetime) -> None:
    """One microsecond more either way is a broken clock."""
    assert refusal(a_record(time=time)).field == "record 1: t"


@pytest.mark.parametrize(
    ("name", "unit", "value", "fits"),
    [
        ("butter", "g", 1e9, True),
        ("butter", "g", 1e9 + 1, False),
        ("butter", "kg", 1e6 + 1, False),
        ("butter", "g", 0.0, True),
        ("butter", "g", -0.001, False),
        ("scan", None, -1e9, True),
        ("scan", None, -1e9 - 1, False),
        ("butter", "kg", 1e308, False),
    ],
)
def test_an_amount_has_limits_in_the_items_own_unit(
    name: str, unit: str | None, value: float, *, fits: bool
) -> None:
    """From nothing to 10^9; only an event may count down."""
    if fits:
        assert read(a_record(name, value=value, unit=unit))[0].value == value
    else:
        assert refusal(a_record(name, value=value, unit=unit)).field == "record 1: v"


def test_one_bad_record_refuses_the_pack() -> None:
    """Nothing of a pack is kept when its last record is wrong."""
    assert refusal(a_record(), a_record(), a_record(value=-1.0)).field == "record 3: v"


@given(
    value=st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.text(max_size=3),
    unit=st.sampled_from(["kg", "g", "l", "m3", "count", "/", "lb", None]),
    name=st.sampled_from([*(item.id.name for item in HOME.items), "jam"]),
    late=st.timedeltas(timedelta(days=-100), timedelta(days=100)),
)
def test_whatever_is_accepted_is_within_the_limits(
    value: Value, unit: str | None, name: str, late: timedelta
) -> None:
    """Any record is refused, or gives a reading that every later step may rely on."""
    try:
        (reading,) = read(a_record(name, value=value, unit=unit, time=NOON - late))
    except MalformedError:
        return
    assert -1e9 <= reading.value <= 1e9
    assert reading.value >= 0 or reading.name == "scan"
    assert NOON - timedelta(days=60) <= reading.time <= NOON + timedelta(minutes=5)


def test_no_refusal_repeats_a_value() -> None:
    """What a household's scale said is in no error text."""
    error = refusal(a_record(value=-73_491.25, unit="g"))
    assert "73" not in str(error)
    assert "7349" not in str(refusal(a_record(value=73_491.25, unit="lb")))
