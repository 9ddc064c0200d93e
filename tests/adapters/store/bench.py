"""A workbench for the store's parts: an engine over two plain tables, and whole stores."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from edge.adapters.store.schema import (
    FIRST_EPOCH,
    HOUSEHOLD_SCHEMA,
    Compartment,
    Durability,
    Schema,
    TableSpec,
)
from edge.adapters.store.sealed.key_source import KeyFile
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.sealed.sealer import Sealer
from edge.adapters.store.sealed_file import SealedFile
from edge.adapters.store.tables.sealed_tables import SealedDB

EVENTS = TableSpec(name="events", number=1, compartment=Compartment.CHOICES)
OFFERS = TableSpec(
    name="offers",
    number=2,
    compartment=Compartment.CATALOGUE,
    indexed=("sku", "category"),
    durability=Durability.GROUPED,
)
PLAIN = Schema((EVENTS, OFFERS))

ROOTS = {one: {FIRST_EPOCH: one.value.ljust(32).encode()} for one in Compartment}
"""Keys that are the same in every test."""


@contextmanager
def an_engine(folder: Path) -> Iterator[RowEngine]:
    """An engine over the plain tables."""
    engine = RowEngine(folder / "rows.db", sealer=Sealer(ROOTS), schema=PLAIN)
    with closing(engine):
        yield engine


@contextmanager
def a_database(folder: Path, schema: Schema = PLAIN) -> Iterator[SealedDB]:
    """A TinyDB database over the plain tables."""
    engine = RowEngine(folder / "rows.db", sealer=Sealer(ROOTS), schema=schema)
    with closing(engine):
        yield SealedDB(engine, schema)


@contextmanager
def a_file(folder: Path) -> Iterator[SealedFile]:
    """A home's sealed file, with its keys beside it."""
    keys = folder / "keys"
    source = KeyFile(keys / "key")
    file = SealedFile(folder / "data", keys=keys, source=source, schema=HOUSEHOLD_SCHEMA)
    with closing(file):
        yield file
