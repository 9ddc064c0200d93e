"""TinyDB over sealed rows: its own API and code, with reads and writes of single documents.

TinyDB's insert, update, upsert and remove are kept as they are; replaced are the two hooks they
all go through (`_read_table`, `_update_table`), the next id, and where a search looks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from edge.adapters.store.schema import Durability, Schema
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.tables.document_rows import DocumentRows
from edge.adapters.store.tables.query_plan import candidates
from edge.adapters.store.tables.working_set import TableView, WorkingSet


class SealedStorage(Storage):
    """What TinyDB takes for its file."""

    def __init__(self, engine: RowEngine, schema: Schema) -> None:
        self.engine = engine
        self._schema = schema
        self._rows: dict[str, DocumentRows] = {}

    def rows(self, name: str) -> DocumentRows:
        """The rows of a table.

        Raises:
            KeyError: The schema has no such table.
        """
        if name not in self._rows:
            self._rows[name] = DocumentRows(self.engine, self._schema[name])
        return self._rows[name]

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every table that has documents, as a view; TinyDB asks only for their names."""
        views: dict[str, Any] = {
            spec.name: TableView(self.rows(spec.name))
            for spec in self._schema
            if self.rows(spec.name).count()
        }
        return views or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Empty every table that is not in `data`: how TinyDB drops tables."""
        with self.engine.transaction():
            for name in (self.read() or {}).keys() - data.keys():
                self.rows(name).clear()

    def close(self) -> None:
        """Close the engine."""
        self.engine.close()


class SealedTable(Table):
    """One TinyDB table."""

    _next_id: int | None  # type: ignore[assignment]  # TinyDB declares nothing but None

    def __init__(
        self,
        storage: SealedStorage,
        name: str,
        cache_size: int = 0,
        persist_empty: bool = False,  # noqa: FBT001, FBT002 -- TinyDB's signature
    ) -> None:
        self._rows = storage.rows(name)
        super().__init__(storage, name, cache_size, persist_empty)

    def search(self, cond: QueryLike) -> list[TinyDocument]:
        """TinyDB's search, over the rows that the index leaves."""
        cached = self._query_cache.get(cond)
        if cached is not None:
            return cached[:]
        found = list(self._matching(cond))
        if getattr(cond, "is_cacheable", lambda: True)():
            self._query_cache[cond] = found[:]
        return found

    def get(  # type: ignore[override]  # TinyDB declares one overload per argument
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> TinyDocument | list[TinyDocument] | None:
        """TinyDB's get, one row per id."""
        if doc_id is not None:
            return self._at(doc_id)
        if doc_ids is not None:
            return [one for one in map(self._at, sorted(set(doc_ids))) if one is not None]
        if cond is not None:
            return next(self._matching(cond), None)
        return super().get()

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[Any], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """TinyDB's update; the condition is met first, so that only those rows are loaded."""
        return super().update(fields, *self._narrowed(cond, doc_ids))

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """TinyDB's remove, likewise."""
        return super().remove(*self._narrowed(cond, doc_ids))

    def _narrowed(
        self, cond: QueryLike | None, doc_ids: Iterable[int] | None
    ) -> tuple[QueryLike | None, Iterable[int] | None]:
        if cond is None or doc_ids is not None:
            return cond, doc_ids
        return None, [one.doc_id for one in self._matching(cond)]

    def _at(self, row: int) -> TinyDocument | None:
        document = self._rows.get(row)
        return None if document is None else self.document_class(document, row)

    def _matching(self, cond: QueryLike) -> Iterator[TinyDocument]:
        for row, document in self._worth_a_look(cond):
            if cond(document):
                yield self.document_class(document, row)

    def _worth_a_look(self, cond: QueryLike) -> Iterable[tuple[int, Any]]:
        rows = candidates(cond, self._having)
        if rows is None:
            return self._rows
        return ((row, found) for row in sorted(rows) if (found := self._rows.get(row)) is not None)

    def _having(self, field: str, value: object) -> set[int] | None:
        return self._rows.having(field, value) if field in self._rows.spec.indexed else None

    def _get_next_id(self) -> int:
        following = self._next_id or self._rows.newest_id() + 1
        self._next_id = following + 1
        return following

    def _read_table(self) -> Any:  # noqa: ANN401 -- a Mapping where TinyDB's hint says dict
        return TableView(self._rows)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        following = self._next_id
        try:
            with self._rows.transaction():
                working = WorkingSet(self._rows)
                updater(working)
                working.write()
        except BaseException:
            self._next_id = following
            raise
        finally:
            self.clear_cache()


class SealedDB(TinyDB):
    """A TinyDB database over a row engine."""

    table_class = SealedTable  # type: ignore[assignment]  # TinyDB means any Table

    def __init__(self, engine: RowEngine, schema: Schema) -> None:
        super().__init__(engine, schema, storage=SealedStorage)
        self._engine = engine
        self._rows = cast(SealedStorage, self.storage).rows

    def rows(self, name: str) -> DocumentRows:
        """The rows below a table."""
        return self._rows(name)

    def transaction(
        self, durability: Durability = Durability.SYNCED
    ) -> AbstractContextManager[None]:
        """Changes to several tables, kept together or not at all."""
        return self._engine.transaction(durability)
