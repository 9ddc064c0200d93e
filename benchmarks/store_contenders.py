"""The stores that benchmarks.store compares: ours, TinyDB's own two, and bare SQLite."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage
from tinydb.table import Table

from edge.adapters.store.schema import FIRST_EPOCH, Compartment, Durability, Schema, TableSpec
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.sealed.sealer import Sealer
from edge.adapters.store.tables.sealed_tables import SealedDB

Document = dict[str, Any]

EVENTS = TableSpec(name="events", number=1, compartment=Compartment.CHOICES)
"""Durable, found by id: like impressions and receipts."""

INDEXED = TableSpec(name="indexed", number=2, compartment=Compartment.CHOICES, indexed=("sku",))
"""Durable, found by a field."""

OFFERS = TableSpec(
    name="offers",
    number=3,
    compartment=Compartment.CATALOGUE,
    durability=Durability.GROUPED,
    indexed=("sku",),
    public=True,
)
"""Public, fetched again if lost: a cached catalogue."""

SCHEMA = Schema((EVENTS, INDEXED, OFFERS))
_ROOTS = {one: {FIRST_EPOCH: bytes(32)} for one in Compartment}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One store under test.

    Attributes:
        insert: Keeps one document, on the medium when it returns (TinyDB's caching one: not).
        insert_many: Keeps several in one act.
        get: By id.
        find: By the field `sku`.
        insert_indexed: Like `insert`, where `find` can find it.
    """

    name: str
    insert: Callable[[Document], object]
    insert_many: Callable[[Sequence[Document]], object]
    get: Callable[[int], object]
    find: Callable[[str], object]
    insert_indexed: Callable[[Document], object]
    close: Callable[[], None]


def sealed(folder: Path) -> Contender:
    """Ours: TinyDB over sealed rows, each commit synced, with the proof over all rows."""
    engine = RowEngine(folder / "sealed.db", sealer=Sealer(_ROOTS), schema=SCHEMA)
    engine.fill_log()  # as the runtime's first tick does
    database = SealedDB(engine, SCHEMA)
    events, indexed = database.table("events"), database.table("indexed")

    def insert_many(documents: Sequence[Document]) -> None:
        with database.transaction():
            events.insert_multiple(documents)

    return Contender(
        name="sealed",
        insert=events.insert,
        insert_many=insert_many,
        get=lambda row: events.get(doc_id=row),
        find=lambda sku: indexed.search(where("sku") == sku),
        insert_indexed=indexed.insert,
        close=database.close,
    )


def tinydb_json(folder: Path) -> Contender:
    """TinyDB as it comes."""
    return _tinydb("tinydb-json", TinyDB(folder / "tinydb.json"))


def tinydb_caching(folder: Path) -> Contender:
    """TinyDB with its cache: nothing is on the medium before it is closed."""
    storage = CachingMiddleware(JSONStorage)  # type: ignore[no-untyped-call]  # untyped in TinyDB
    return _tinydb("tinydb-caching", TinyDB(folder / "caching.json", storage=storage))


def raw_sqlite(folder: Path) -> Contender:
    """JSON text in SQLite, in the clear, each commit synced, with an index on one field."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    for statement in (
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE IF NOT EXISTS events(id INTEGER PRIMARY KEY, v TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS indexed(id INTEGER PRIMARY KEY, sku TEXT, v TEXT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS by_sku ON indexed(sku)",
    ):
        connection.execute(statement)

    def insert(document: Document) -> None:
        connection.execute("INSERT INTO events(v) VALUES (?)", (json.dumps(document),))

    def insert_many(documents: Sequence[Document]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for document in documents:
            insert(document)
        connection.execute("COMMIT")

    def get(row: int) -> object:
        found = connection.execute("SELECT v FROM events WHERE id = ?", (row,)).fetchone()
        return json.loads(found[0])

    def find(sku: str) -> object:
        rows = connection.execute("SELECT v FROM indexed WHERE sku = ?", (sku,)).fetchall()
        return [json.loads(row[0]) for row in rows]

    def insert_indexed(document: Document) -> None:
        values = document["sku"], json.dumps(document)
        connection.execute("INSERT INTO indexed(sku, v) VALUES (?, ?)", values)

    return Contender(
        name="sqlite",
        insert=insert,
        insert_many=insert_many,
        get=get,
        find=find,
        insert_indexed=insert_indexed,
        close=connection.close,
    )


def _tinydb(name: str, database: TinyDB) -> Contender:
    events: Table = database.table("events", cache_size=0)
    return Contender(
        name=name,
        insert=events.insert,
        insert_many=events.insert_multiple,
        get=lambda row: events.get(doc_id=row),
        find=lambda sku: events.search(where("sku") == sku),
        insert_indexed=events.insert,
        close=database.close,
    )
