"""From SenML records to readings of one appliance's items: units, limits, one item each."""

from collections.abc import Sequence
from datetime import datetime

from edge.domain.appliance import Appliance
from edge.domain.item import EvidenceKind, Item
from edge.domain.measures import ItemName
from edge.domain.reading import Reading
from edge.errors import MalformedError
from edge.wire.clock_skew import check_skew
from edge.wire.senml import Record
from edge.wire.units import FACTORS, RATIO, accepted_for

VALUE_MOST = 1e9
"""In the item's own unit: a thousand tonnes of butter."""


def readings_from(
    records: Sequence[Record], appliance: Appliance, *, now: datetime
) -> tuple[Reading, ...]:
    """The readings of a whole pack, in its order, values in each item's unit at home.

    Args:
        records: From `senml.decode`; their names end in an item's name, after the last `/`.
        appliance: Whose they are.
        now: What their times are compared with.

    Raises:
        MalformedError: One record does not fit; then there are no readings at all.
    """
    numbered = enumerate(records, start=1)
    return tuple(_reading(record, appliance, now, f"record {at}: ") for at, record in numbered)


def _reading(record: Record, appliance: Appliance, now: datetime, where: str) -> Reading:
    name = record.name.rpartition("/")[2]
    item = appliance.item(ItemName(name))
    if item is None:
        raise MalformedError(field=where + "n", rule=f"no item {name!r} in the manifest")
    check_skew(record.time, now, field=where + "t")
    if record.sum is not None:
        raise MalformedError(field=where + "s", rule=f"{name} takes no sum")
    is_state = item.evidence is EvidenceKind.CONTEXT
    value = _state(record, where) if is_state else _amount(record, item, where)
    return Reading(device=appliance.id, name=item.id.name, time=record.time, value=value)


def _state(record: Record, where: str) -> float:
    """1.0 or 0.0."""
    if not isinstance(record.value, bool):
        raise MalformedError(field=where + "vb", rule="a state is a boolean")
    if record.unit not in {RATIO, None}:
        raise MalformedError(field=where + "u", rule="a state has the unit / or none")
    return float(record.value)


def _amount(record: Record, item: Item, where: str) -> float:
    """In the item's unit at home."""
    if isinstance(record.value, bool) or not isinstance(record.value, int | float):
        raise MalformedError(field=where + "v", rule=f"{item.id.name} takes a number")
    least = -VALUE_MOST if item.evidence is EvidenceKind.EVENT else 0.0
    if record.unit == RATIO:
        return _share(record.value, item, where)
    amount = record.value * _factor(record.unit, item, where)
    if not least <= amount <= VALUE_MOST:
        rule = f"from {least:.0f} to {VALUE_MOST:.0f} in {item.unit}"
        raise MalformedError(field=where + "v", rule=rule)
    return amount


def _share(ratio: float, item: Item, where: str) -> float:
    """A ratio of the item's package."""
    if item.package is None:
        raise MalformedError(field=where + "u", rule="/ needs a package in the manifest")
    if not 0.0 <= ratio <= 1.0:
        raise MalformedError(field=where + "v", rule="a ratio is from 0 to 1")
    return ratio * item.package


def _factor(unit: str | None, item: Item, where: str) -> float:
    home, factor = FACTORS.get(unit or "count", (None, 1.0))
    if home is not item.unit:
        rule = f"{item.id.name} takes {accepted_for(item.unit)}, or / with a package"
        raise MalformedError(field=where + "u", rule=rule)
    return factor
