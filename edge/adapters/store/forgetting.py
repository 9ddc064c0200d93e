"""What the household may have forgotten: a device, a kind of data, a span, everything.

Each deletes the rows in one commit and renews the keys of the compartments concerned, so that no
key is left that opens the bytes they leave behind on the medium.
"""

from collections.abc import Callable
from datetime import datetime

from edge.adapters.store.errors import StoreFullError
from edge.adapters.store.readings.forgetting import forget_device, forget_item, forget_span
from edge.adapters.store.records.home import HomeRecords
from edge.adapters.store.schema import Compartment
from edge.domain.category import DataCategory
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId

_KEPT_ABOUT_ITEMS = (
    Compartment.CHOICES,
    Compartment.KEEP,
    Compartment.INFER,
    Compartment.OFFER,
)
"""Where rows about an item can lie."""


def forget_readings(records: HomeRecords, item: ItemId) -> None:
    """Delete an item's readings."""
    _forget(records, (Compartment.KEEP,), lambda: forget_item(records.readings.files, item))


def forget_appliance(records: HomeRecords, device: DeviceId, *, at: datetime) -> None:
    """End an appliance's grants; delete it and all that came of it.

    Its ended grants and their receipts stay, as proof of what was allowed; they name it by id.
    """

    def delete() -> None:
        grants = [one for one in records.consent.open_ones() if one.device == device]
        records.end(grants, at=at)
        records.appliances.forget(device)
        forget_device(records.readings.files, device)
        records.needs.forget(device=device)
        records.decisions.forget(device=device)
        records.drop_candidates()
        records.history.forget(device=device)

    _forget(records, (Compartment.HOUSE, *_KEPT_ABOUT_ITEMS), delete)


def forget_category(records: HomeRecords, data: DataCategory) -> None:
    """Delete what is kept about one kind of data; grants and appliances stay."""

    def delete() -> None:
        for item in records.items_of(data):
            forget_item(records.readings.files, item)
        records.needs.forget(data=data)
        records.decisions.forget(data=data)
        records.drop_candidates()
        records.history.forget(data=data)

    _forget(records, _KEPT_ABOUT_ITEMS, delete)


def forget_time(records: HomeRecords, start: datetime, end: datetime) -> None:
    """Delete what was said, needed, decided and shown from `start` to before `end`."""

    def delete() -> None:
        forget_span(records.readings.files, start, end)
        records.needs.forget_span(start, end)
        records.decisions.forget_span(start, end)
        records.drop_candidates()
        records.history.forget_span(start, end)

    _forget(records, _KEPT_ABOUT_ITEMS, delete)


def forget_everything(records: HomeRecords, *, at: datetime) -> None:
    """End all grants, then empty every table and destroy every key."""
    with records.file.database.transaction():
        records.end(records.consent.open_ones(), at=at)
    everything = (one for one in Compartment if one is not Compartment.STATE)
    with records.settled_readings(), records.file.erasing(everything):
        records.household.clear_counts()


def _forget(
    records: HomeRecords, compartments: tuple[Compartment, ...], delete: Callable[[], None]
) -> None:
    """Delete and renew; where a full disk has no room for renewing, delete at least."""
    with records.settled_readings():
        try:
            with records.file.renewing(compartments):
                delete()
        except StoreFullError:
            records.readings.files.reload()
            with records.file.database.transaction():
                delete()
            records.file.remember()
