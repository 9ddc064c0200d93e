"""From each earlier layout of the file to this one: one function per step, one commit each.

A step reads with the table descriptions of its time, kept here, and never changes once released.
tests/adapters/store/files holds a real file of each earlier version.
"""

from collections.abc import Callable

from edge.adapters.store.readings.day_series import DaySeries
from edge.adapters.store.readings.series_book import SeriesBook
from edge.adapters.store.readings.shelves import Shelves
from edge.adapters.store.schema import Compartment, Durability, TableSpec
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.tables.document_rows import DocumentRows
from edge.adapters.store.tables.sealed_tables import SealedDB
from edge.domain.item import ItemId
from edge.domain.measures import DeviceId, ItemName


def migrate(engine: RowEngine, database: SealedDB) -> None:
    """Bring the file to this program's version; a step that fails leaves it as it was."""
    for version in range(engine.state.version, len(_STEPS) + 1):
        with engine.transaction():
            _STEPS[version - 1](engine, database)
            engine.set_version(version + 1)


_READINGS_1 = TableSpec(
    name="readings",
    number=10,
    compartment=Compartment.KEEP,
    durability=Durability.GROUPED,
    indexed=("item",),
)


def _pack_readings(engine: RowEngine, database: SealedDB) -> None:
    """1 to 2: a document per item and day becomes a packed row on the raw shelf."""
    earlier = DocumentRows(engine, _READINGS_1)
    book, shelves = SeriesBook(database), Shelves(database)
    for _, document in earlier:
        device, _, name = document["item"].partition("/")
        readings = DaySeries()
        for time, value in document["values"]:
            readings.add(time, value)
        item = ItemId(device=DeviceId(device), name=ItemName(name))
        shelves.file(book.number(item), document["day"], readings)
    earlier.clear()


_STEPS: tuple[Callable[[RowEngine, SealedDB], None], ...] = (_pack_readings,)
"""The step from version n is at place n - 1."""
