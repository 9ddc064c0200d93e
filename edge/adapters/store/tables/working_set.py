"""What TinyDB's updaters see instead of a whole table: only the documents they touch are loaded."""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from edge.adapters.store.sealed.sealed_rows import Stored
from edge.adapters.store.tables.document_rows import Document, DocumentRows, packed, unpacked


class TableView(Mapping[str, Document]):
    """A table as TinyDB reads it: ids as text, one row per look."""

    def __init__(self, rows: DocumentRows) -> None:
        self._rows = rows

    def __getitem__(self, key: str) -> Document:
        document = self._rows.get(int(key))
        if document is None:
            raise KeyError(key)
        return document

    def __iter__(self) -> Iterator[str]:
        return (str(row) for row in self._rows.ids())

    def __len__(self) -> int:
        return self._rows.count()

    def items(self) -> Any:  # noqa: ANN401 -- an iterator where Mapping promises a view
        """Stream the table."""
        return ((str(row), document) for row, document in self._rows)


class WorkingSet(MutableMapping[int, Document]):
    """A table as TinyDB changes it; remembers what to write, writes when told."""

    def __init__(self, rows: DocumentRows) -> None:
        self._rows = rows
        self._stored: dict[int, Stored] = {}
        self._documents: dict[int, Document] = {}
        self._removed: set[int] = set()
        self._newest = rows.newest_id()

    def __getitem__(self, row: int) -> Document:
        if row not in self._documents:
            self._documents[row] = unpacked(self._loaded(row).packed)
        return self._documents[row]

    def __setitem__(self, row: int, document: Document) -> None:
        if row not in self._documents and self._has_row(row):
            self._loaded(row)
        self._documents[row] = document
        self._removed.discard(row)

    def __delitem__(self, row: int) -> None:
        if row not in self:
            raise KeyError(row)
        if self._has_row(row):
            self._loaded(row, even_removed=True)
        self._documents.pop(row, None)
        self._removed.add(row)

    def __contains__(self, row: object) -> bool:
        if row in self._documents:
            return True
        return isinstance(row, int) and row not in self._removed and self._has_row(row)

    def __iter__(self) -> Iterator[int]:
        there = [row for row in self._rows.ids() if row not in self._removed]
        yield from there
        yield from sorted(self._documents.keys() - set(there))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document."""
        for row in list(self):
            del self[row]

    def write(self) -> None:
        """Bring the changes to the rows, within the open transaction."""
        for row in self._removed:
            if row in self._stored:
                self._rows.remove(row, self._stored[row])
        for row, document in self._documents.items():
            self._rows.put(row, packed(document), instead_of=self._stored.get(row))

    def _has_row(self, row: int) -> bool:
        if row > self._newest:
            return False
        return row in self._stored or self._rows.load(row) is not None

    def _loaded(self, row: int, *, even_removed: bool = False) -> Stored:
        if row in self._removed and not even_removed:
            raise KeyError(row)
        if row not in self._stored:
            stored = None if row > self._newest else self._rows.load(row)
            if stored is None:
                raise KeyError(row)
            self._stored[row] = stored
        return self._stored[row]
