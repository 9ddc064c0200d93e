"""The SQL, all of it: rows and index tokens by table number, in one SQLite file.

Knows no key and no meaning. The file names nothing either: tables are numbers (`d7`), index
entries are blind tokens.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from edge.adapters.store.schema import Durability
from edge.adapters.store.sealed.sqlite_file import (
    LOG_BYTES,
    SYNCHRONOUS,
    SqliteErrors,
    in_our_words,
    open_sqlite,
)

_TOKEN_BYTES = 8


class RowFile:
    """One open database file; used by one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_sqlite(path)
        self._level: Durability | None = None

    @property
    def in_transaction(self) -> bool:
        """Whether changes wait for their commit."""
        return self._connection.in_transaction

    def close(self) -> None:
        """Fold the log in and close; nothing is lost without it."""
        try:
            self._connection.close()
        except SqliteErrors as error:
            raise in_our_words(error) from error

    # tables
    def create(self, table: int) -> None:
        """Make a table, unless it is there."""
        self._run(f"CREATE TABLE IF NOT EXISTS d{table}(id INTEGER PRIMARY KEY, v BLOB NOT NULL)")
        self._run(
            "CREATE TABLE IF NOT EXISTS tokens(t INTEGER, k BLOB, id INTEGER,"
            " PRIMARY KEY(t, k, id)) WITHOUT ROWID"
        )

    def has_tables(self) -> bool:
        """Whether anything was ever kept here."""
        return bool(self._all("SELECT 1 FROM sqlite_schema LIMIT 1"))

    # rows
    def get(self, table: int, row: int) -> bytes | None:
        """The row, or None."""
        found = self._all(f"SELECT v FROM d{table} WHERE id = ?", row)
        return found[0][0] if found else None

    def between(self, table: int, first: int, last: int) -> Iterator[tuple[int, bytes]]:
        """The rows from `first` to `last`, both included, by id."""
        statement = f"SELECT id, v FROM d{table} WHERE id BETWEEN ? AND ? ORDER BY id"
        try:
            yield from self._connection.execute(statement, (first, last))
        except SqliteErrors as error:
            raise in_our_words(error) from error

    def ids(self, table: int) -> list[int]:
        """All row ids, in order."""
        return [row for (row,) in self._all(f"SELECT id FROM d{table} ORDER BY id")]

    def count(self, table: int) -> int:
        """How many rows there are."""
        return int(self._all(f"SELECT count(*) FROM d{table}")[0][0])

    def newest_id(self, table: int) -> int:
        """The highest id; 0 without rows."""
        return int(self._all(f"SELECT max(id) FROM d{table}")[0][0] or 0)

    def span(self, table: int) -> tuple[int, int]:
        """The lowest and the highest id; 0 and 0 without rows."""
        ((lowest,),) = self._all(f"SELECT min(id) FROM d{table}")
        return int(lowest or 0), self.newest_id(table)

    def insert(self, table: int, row: int, value: bytes) -> None:
        """Add a row; an existing one is an error, never overwritten."""
        self._run(f"INSERT INTO d{table} VALUES (?, ?)", row, value)

    def replace(self, table: int, row: int, value: bytes) -> None:
        """Put a row in place of the one there."""
        self._run(f"REPLACE INTO d{table} VALUES (?, ?)", row, value)

    def delete(self, table: int, row: int) -> None:
        """Remove a row; its bytes are overwritten."""
        self._run(f"DELETE FROM d{table} WHERE id = ?", row)

    def clear(self, table: int) -> None:
        """Remove every row and token of a table.

        Their pages are freed, not overwritten: that would need as much room as they take. Who
        clears a table destroys its key.
        """
        self._run("PRAGMA secure_delete = OFF")
        self._run(f"DELETE FROM d{table}")
        self._run("DELETE FROM tokens WHERE t = ?", table)
        self._run("PRAGMA secure_delete = ON")

    # index tokens
    def lookup(self, table: int, token: bytes) -> list[int]:
        """The rows that carry this token."""
        found = self._all("SELECT id FROM tokens WHERE t = ? AND k = ?", table, token)
        return [row for (row,) in found]

    def index(self, table: int, row: int, tokens: bytes) -> None:
        """Let a row be found by its tokens."""
        self._each("INSERT INTO tokens VALUES (?, ?, ?)", table, row, tokens)

    def unindex(self, table: int, row: int, tokens: bytes) -> None:
        """Let it be found by them no more."""
        self._each("DELETE FROM tokens WHERE t = ? AND k = ? AND id = ?", table, row, tokens)

    def tokens(self, table: int) -> dict[int, bytes]:
        """Every row's tokens, joined in order."""
        joined: dict[int, bytes] = {}
        for row, token in self._all("SELECT id, k FROM tokens WHERE t = ? ORDER BY id, k", table):
            joined[row] = joined.get(row, b"") + token
        return joined

    # transactions
    def begin(self, durability: Durability) -> None:
        """Start a transaction whose commit will be this durable."""
        if durability is not self._level:
            self._run(f"PRAGMA synchronous = {SYNCHRONOUS[durability]}")
            self._level = durability
        self._run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep the transaction's changes."""
        self._run("COMMIT")

    def rollback(self) -> None:
        """Drop them; nothing happens when SQLite has dropped them already."""
        if self.in_transaction:
            self._run("ROLLBACK")

    def fill_log(self) -> None:
        """Give the log its full length at once, in zeros, which SQLite takes for nothing.

        A log that grows costs the file system 36 kB of journal per commit; one that is written
        in place costs none, and has its room when the disk is full.
        """
        log = self._path.with_name(f"{self._path.name}-wal")
        missing = LOG_BYTES - log.stat().st_size if log.exists() else 0
        if missing > 0:
            with log.open("ab") as file:
                file.write(bytes(missing))
                file.flush()
                os.fsync(file.fileno())

    def fold_log(self) -> None:
        """Move the log into the file and cut it to nothing, so that no old bytes stay in it."""
        self._all("PRAGMA wal_checkpoint(TRUNCATE)")

    def _run(self, statement: str, *values: int | bytes) -> None:
        try:
            self._connection.execute(statement, values)
        except SqliteErrors as error:
            raise in_our_words(error) from error

    def _all(self, statement: str, *values: int | bytes) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except SqliteErrors as error:
            raise in_our_words(error) from error

    def _each(self, statement: str, table: int, row: int, tokens: bytes) -> None:
        for token in _split(tokens):
            self._run(statement, table, token, row)


def _split(tokens: bytes) -> Iterable[bytes]:
    return (tokens[at : at + _TOKEN_BYTES] for at in range(0, len(tokens), _TOKEN_BYTES))
