"""SenML (RFC 8428): packs of readings to resolved records, and back.

A pack says things once for many records; a resolved record says all of it itself:

    [{"bn": "fridge/", "bt": 1795447800, "n": "milk", "v": 1}, {"n": "door", "t": -900, "vb": true}]
    -> Record("fridge/milk", 17:30:00, 1.0), Record("fridge/door", 17:15:00, True)
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from edge.errors import MalformedError
from edge.wire.encoding import Encoding, decode_tree, encode_tree
from edge.wire.senml_labels import Fields, fields_of, record_of

RECORDS_MOST = 512
NAME_MOST = 64

VERSION = 10
"""The one of RFC 8428; it is the default (`bver`), and a later one must be refused."""

RELATIVE_BELOW = 2**28
"""Seconds: a time below is relative to now, from here on Unix time (RFC 8428 section 4.5.3)."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-:./_]*")

Value = float | str | bool | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One resolved record: nothing in it depends on another record or on when it was sent.

    Attributes:
        name: Base name and name together.
        time: UTC.
        unit: As sent; None when it has none.
        value: A number, text, truth or bytes; None when there is only a sum.
        sum: The integral of the value over time, in unit x seconds; None when it has none.
        update_time: The most seconds until the next record of that name; None when not said.
    """

    name: str
    time: datetime
    unit: str | None = None
    value: Value | None = None
    sum: float | None = None
    update_time: float | None = None


def decode(payload: bytes, encoding: Encoding, *, now: datetime) -> tuple[Record, ...]:
    """The resolved records of a pack, in its order.

    Args:
        payload: SenML JSON or CBOR.
        encoding: Which of the two.
        now: What relative times are relative to.

    Raises:
        MalformedError: Any of it breaks RFC 8428 or a limit; the field is `record 3: t`, counted
            from 1 as section 9 of the RFC does.
    """
    pack = decode_tree(payload, encoding)
    if not isinstance(pack, list) or not 1 <= len(pack) <= RECORDS_MOST:
        rule = f"must be an array of 1 to {RECORDS_MOST} records"
        raise MalformedError(field="payload", rule=rule)
    return tuple(_resolved(pack, encoding, now))


def encode(records: Sequence[Record], encoding: Encoding) -> bytes:
    """A pack of resolved records.

    Raises:
        ValueError: A time is before July 1978, where SenML cannot say it, or a number not finite.
    """
    return encode_tree([record_of(_fields(record), encoding) for record in records], encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """What earlier records of the pack have said for this one and later ones."""

    name: str = ""
    time: float = 0.0
    unit: str | None = None
    value: float | None = None
    sum: float | None = None

    def then(self, fields: Fields) -> "_Base":
        return _Base(
            name=self.name if fields.bn is None else fields.bn,
            time=self.time if fields.bt is None else fields.bt,
            unit=self.unit if fields.bu is None else fields.bu,
            value=self.value if fields.bv is None else fields.bv,
            sum=self.sum if fields.bs is None else fields.bs,
        )


def _resolved(pack: list[object], encoding: Encoding, now: datetime) -> Iterator[Record]:
    base = _Base()
    for number, node in enumerate(pack, start=1):
        where = f"record {number}: "
        fields = fields_of(node, encoding, at=where)
        if fields.bver is not None and fields.bver > VERSION:
            raise MalformedError(field=where + "bver", rule=f"at most {VERSION}")
        base = base.then(fields)
        yield _record(base, fields, where, now)


def _record(base: _Base, fields: Fields, where: str, now: datetime) -> Record:
    value, total = _value(base, fields, where), _sum(base, fields, where)
    if value is None and total is None:
        raise MalformedError(field=where + "v", rule="a record has a value or a sum")
    return Record(
        name=_name(base.name + (fields.n or ""), where),
        time=_instant(base.time + (fields.t or 0.0), where, now),
        unit=base.unit if fields.u is None else fields.u,
        value=value,
        sum=total,
        update_time=fields.ut,
    )


def _name(name: str, where: str) -> str:
    if len(name) > NAME_MOST:
        raise MalformedError(field=where + "n", rule=f"at most {NAME_MOST} characters with bn")
    if not _NAME.fullmatch(name):
        rule = "with bn: letters, digits and -:./_ only, a letter or digit first"
        raise MalformedError(field=where + "n", rule=rule)
    return name


def _value(base: _Base, fields: Fields, where: str) -> Value | None:
    """The one value; a base value alone is one too, unless there is another or a sum."""
    typed: tuple[Value | None, ...] = (fields.vs, fields.vb, fields.vd)
    said = [value for value in typed if value is not None]
    if fields.v is not None or (base.value is not None and not said and fields.s is None):
        said.append(_finite((base.value or 0.0) + (fields.v or 0.0), where + "v"))
    if len(said) > 1:
        raise MalformedError(field=where + "v", rule="only one of v, vs, vb, vd")
    return said[0] if said else None


def _sum(base: _Base, fields: Fields, where: str) -> float | None:
    if fields.s is None and base.sum is None:
        return None
    return _finite((base.sum or 0.0) + (fields.s or 0.0), where + "s")


def _finite(number: float, field: str) -> float:
    """Two finite numbers can still add up to infinity."""
    if not math.isfinite(number):
        raise MalformedError(field=field, rule="must stay finite when the base is added")
    return number


def _instant(seconds: float, where: str, now: datetime) -> datetime:
    try:
        if seconds < RELATIVE_BELOW:
            return now + timedelta(seconds=seconds)
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        rule = "must be in the years 1 to 9999"
        raise MalformedError(field=where + "t", rule=rule) from None


def _fields(record: Record) -> Fields:
    seconds = record.time.timestamp()
    if seconds < RELATIVE_BELOW:
        message = "SenML has no absolute time before July 1978"
        raise ValueError(message)
    value = record.value
    return Fields(
        n=record.name,
        u=record.unit,
        v=value if isinstance(value, int | float) and not isinstance(value, bool) else None,
        vs=value if isinstance(value, str) else None,
        vb=value if isinstance(value, bool) else None,
        vd=value if isinstance(value, bytes) else None,
        s=record.sum,
        t=seconds,
        ut=record.update_time,
    )
