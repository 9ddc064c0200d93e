"""One SQLite file, opened the way flash and power cuts ask for.

1 KiB pages make a small commit small (7.0 kB reach the medium for a 200-byte event, against
13.2 kB with 4 KiB pages); the write-ahead log is reused in place, so it stays open for life.
"""

import sqlite3
from pathlib import Path

from edge.adapters.store.errors import StoreFullError, TamperError
from edge.adapters.store.schema import Durability
from edge.errors import StoreError

_LOG_PAGES = 4_000
"""Before the log is folded in: several commits to one page then cost one page."""

LOG_BYTES = 32 + _LOG_PAGES * (24 + 1024)
"""The log's full length: its header, and a header and a page per frame."""

_PRAGMAS = (
    "page_size = 1024",
    "journal_mode = WAL",
    f"wal_autocheckpoint = {_LOG_PAGES}",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
)
SYNCHRONOUS = {Durability.SYNCED: "FULL", Durability.GROUPED: "NORMAL"}
"""In WAL mode FULL syncs each commit; NORMAL leaves it to the operating system."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


SqliteErrors = (sqlite3.Error, UnicodeDecodeError)
"""A damaged schema makes Python's sqlite3 stumble over SQLite's own message."""


def in_our_words(error: Exception) -> StoreError:
    """SQLite's error as one of the store's: full, damaged, or refused."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StoreFullError()
    if code in _DAMAGED or type(error) in {sqlite3.DatabaseError, UnicodeDecodeError}:
        return TamperError("the database file")
    return StoreError(f"the database refused ({getattr(error, 'sqlite_errorname', 'no code')})")


def open_sqlite(path: Path) -> sqlite3.Connection:
    """The connection, in explicit transactions, for one thread."""
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except SqliteErrors as error:
        connection.close()
        raise in_our_words(error) from error
    return connection
