"""Write SenML packs (RFC 8428) as docs/wire/senml.md asks: JSON for MQTT, CBOR for CoAP."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import cbor2

from devices.appliance import Measurement

RECORDS_MOST = 250
"""A JSON record of ours has at most 60 bytes: a pack stays below the 16 KiB of the wire."""

CBOR_LABELS = {"bn": -2, "bt": -3, "n": 0, "u": 1, "v": 2, "vb": 4, "t": 6}
"""RFC 8428, table 4; those that an appliance writes."""


def packs(measurements: Sequence[Measurement]) -> Iterator[Sequence[Measurement]]:
    """The measurements in packs that the wire takes, in the same order."""
    for start in range(0, len(measurements), RECORDS_MOST):
        yield measurements[start : start + RECORDS_MOST]


def to_json(pack: Sequence[Measurement], *, base_name: str) -> bytes:
    """One pack as `application/senml+json`."""
    return json.dumps(_records(pack, base_name), separators=(",", ":")).encode()


def to_cbor(pack: Sequence[Measurement], *, base_name: str) -> bytes:
    """One pack as `application/senml+cbor`."""
    return cbor2.dumps(
        [
            {CBOR_LABELS[label]: value for label, value in record.items()}
            for record in _records(pack, base_name)
        ]
    )


def _records(pack: Sequence[Measurement], base_name: str) -> list[dict[str, Any]]:
    """The records, the first with base name and base time, all times relative to that."""
    base_time = int(pack[0].time.timestamp())
    records = [_record(one, base_time) for one in pack]
    return [{"bn": base_name, "bt": base_time} | records[0], *records[1:]]


def _record(one: Measurement, base_time: int) -> dict[str, Any]:
    record: dict[str, Any] = {"n": one.name, "u": one.unit}
    record |= {"vb": one.value} if isinstance(one.value, bool) else {"v": _short(one.value)}
    offset = int(one.time.timestamp()) - base_time
    return record | ({"t": offset} if offset else {})


def _short(value: float) -> float:
    """Without a needless `.0`."""
    return int(value) if value == int(value) else value
