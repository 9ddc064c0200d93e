"""Brings a backup's lines back into a store, adding only what is missing and nobody refused."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from edge.adapters.store.export import FORMAT, Line
from edge.adapters.store.readings.day_series import DAY
from edge.adapters.store.readings.rollup import Stretch, one_reading
from edge.adapters.store.readings.shelves import row_of
from edge.adapters.store.records.home import HomeRecords
from edge.adapters.store.tables.documents import value_of
from edge.domain.appliance import Appliance
from edge.domain.consent import Grant, Purpose
from edge.domain.household import Preferences
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId, ItemName
from edge.domain.reaction import Impression
from edge.errors import MalformedError


class Restoring:
    """One restore; `withdrawn` is what the household had ended here before it."""

    def __init__(self, records: HomeRecords, *, at: datetime) -> None:
        self._records = records
        self._at = at
        granted = {one.purpose for one in records.consent.history()}
        standing = {one.purpose for one in records.consent.open_ones()}
        self._withdrawn = granted - standing
        self._steps: dict[str, Callable[[Any], None]] = {
            "appliance": self._appliance,
            "grant": self._grant,
            "impression": self._impression,
            "settled": self._settled,
            "preferences": self._preferences,
            "readings": self._readings,
        }

    def run(self, lines: Iterable[Line]) -> int:
        """Take in every line, all or none; needs and decisions are made anew from the readings.

        Returns:
            How many lines were looked at.

        Raises:
            MalformedError: It is not an export of a format we know.
        """
        count = 0
        with self._records.settled_readings(), self._records.file.database.transaction():
            for line in lines:
                if count == 0 and line != {"kind": "format", "value": FORMAT}:
                    field = "line 1"
                    raise MalformedError(field, f"must say {FORMAT}")
                self._steps.get(str(line.get("kind")), _nothing)(line.get("value"))
                count += 1
        self._records.file.remember()
        return count

    def _appliance(self, value: object) -> None:
        appliance = value_of(value, Appliance)
        if appliance.id not in {one.id for one in self._records.appliances.all()}:
            self._records.appliances.put(appliance)

    def _grant(self, value: object) -> None:
        grant = value_of(value, Grant)
        if grant.id not in {one.id for one in self._records.consent.history()}:
            ended = replace(grant, ended_at=grant.ended_at or self._at)
            self._records.consent.add([ended])

    def _impression(self, value: object) -> None:
        impression = value_of(value, Impression)
        if not self._records.history.knows(impression.placement):
            self._records.history.put(impression)

    def _settled(self, value: dict[str, Any]) -> None:
        if not self._records.needs.settled(value["need"]):
            self._records.needs.put_settled(value)

    def _preferences(self, value: object) -> None:
        if self._records.household.preferences() == Preferences():
            self._records.household.put_preferences(value_of(value, Preferences))

    def _readings(self, value: dict[str, Any]) -> None:
        if Purpose.KEEP in self._withdrawn:
            return
        item = ItemId(device=DeviceId(value["device"]), name=ItemName(value["name"]))
        files = self._records.readings.files
        series = files.book.number(item)
        shelf = next(one for one in files.shelves.all if one.rows.spec.name == value["fineness"])
        stretches = [_stretch(one) for one in value["values"]]
        for day in {one.last // DAY for one in stretches}:
            row = row_of(series, day)
            if not shelf.at(row) and (series, day) not in files.log.days:
                shelf.put(row, [one for one in stretches if one.last // DAY == day])


def _stretch(values: list[float]) -> Stretch:
    if len(values) == 2:  # noqa: PLR2004 -- a raw reading: time and value
        return one_reading(int(values[0]), float(values[1]))
    last, value, count, low, high, mean = values
    return Stretch(last=int(last), value=value, count=int(count), low=low, high=high, mean=mean)


def _nothing(value: object) -> None:
    """Kinds that are made anew, or that are proofs of the store they came from."""
