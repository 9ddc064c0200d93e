"""Paired appliances, as documents."""

from tinydb import where

from edge.adapters.store.tables.documents import document_of, value_of
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.appliance import Appliance
from edge.domain.measures import DeviceId


class ApplianceRecords:
    """The table of appliances."""

    def __init__(self, database: SealedDB) -> None:
        self._table = database.table("appliances")

    def put(self, appliance: Appliance) -> None:
        """Keep an appliance, in place of an earlier one of the same id."""
        self._table.upsert(
            {"id": appliance.id, "value": document_of(appliance)}, where("id") == appliance.id
        )

    def all(self) -> list[Appliance]:
        """All of them, by id."""
        found = [value_of(document["value"], Appliance) for document in self._table]
        return sorted(found, key=lambda appliance: appliance.id)

    def forget(self, device: DeviceId) -> None:
        """Delete one; nothing happens if there is none."""
        self._table.remove(where("id") == device)
