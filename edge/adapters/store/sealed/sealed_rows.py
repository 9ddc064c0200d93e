"""Rows of plain bytes in one table, sealed on the way in and opened on the way out."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from edge.adapters.store.schema import TableSpec
from edge.adapters.store.sealed.row_engine import LAST_ROW, Change, RowEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A row as it lies in the file, and what was sealed."""

    sealed: bytes
    packed: bytes


class SealedRows:
    """The rows of one table.

    Attributes:
        spec: Its promises.
    """

    def __init__(self, engine: RowEngine, spec: TableSpec) -> None:
        self.spec = spec
        self._engine = engine
        engine.add_table(spec)

    def load(self, row: int) -> Stored | None:
        """The row, or None."""
        sealed = self._engine.get(self.spec, row)
        if sealed is None:
            return None
        return Stored(sealed=sealed, packed=self._engine.sealer.unseal(self.spec, row, sealed))

    def between(self, first: int = 0, last: int = LAST_ROW) -> Iterator[tuple[int, bytes]]:
        """What the rows from `first` to `last` hold, both included, by id."""
        unseal = self._engine.sealer.unseal
        for row, sealed in self._engine.between(self.spec, first, last):
            yield row, unseal(self.spec, row, sealed)

    def ids(self) -> list[int]:
        """All ids, in order."""
        return self._engine.ids(self.spec)

    def count(self) -> int:
        """How many rows there are."""
        return self._engine.count(self.spec)

    def newest_id(self) -> int:
        """The highest id; 0 without rows."""
        return self._engine.newest_id(self.spec)

    def span(self) -> tuple[int, int]:
        """The lowest and the highest id; 0 and 0 without rows."""
        return self._engine.span(self.spec)

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction as durable as the table asks for."""
        return self._engine.transaction(self.spec.durability)

    def put(self, row: int, packed: bytes, *, instead_of: Stored | None = None) -> None:
        """Keep a row, within the open transaction; nothing is written if it is unchanged."""
        if instead_of is not None and packed == instead_of.packed:
            return
        self._apply(row, before=instead_of, after=packed)

    def remove(self, row: int, stored: Stored) -> None:
        """Remove a row, within the open transaction."""
        self._apply(row, before=stored, after=None)

    def discard(self, row: int) -> None:
        """Remove a row if it is there, within the open transaction."""
        if (stored := self.load(row)) is not None:
            self.remove(row, stored)

    def clear(self) -> None:
        """Remove every row, within the open transaction; forgetting, so never refused."""
        self._engine.clear(self.spec)

    def renew(self, epoch: int) -> None:
        """Seal every row again, with another epoch's key, within the open transaction."""
        for row in self.ids():
            if (stored := self.load(row)) is not None:
                self._apply(row, before=stored, after=stored.packed, epoch=epoch)

    def _apply(
        self, row: int, *, before: Stored | None, after: bytes | None, epoch: int | None = None
    ) -> None:
        current = self._engine.epoch(self.spec)
        change = Change(
            spec=self.spec,
            row=row,
            before=before.sealed if before else None,
            after=self._sealed(row, after, epoch or current),
            tokens_before=self._tokens(before.packed if before else None, current),
            tokens_after=self._tokens(after, epoch or current),
        )
        self._engine.apply((change,))

    def _sealed(self, row: int, packed: bytes | None, epoch: int) -> bytes | None:
        if packed is None:
            return None
        return self._engine.sealer.seal(self.spec, row, packed, epoch=epoch)

    def _tokens(self, packed: bytes | None, epoch: int) -> bytes:
        """The row's index tokens, sorted and joined; plain bytes have none."""
        del packed, epoch  # for tables that hold documents
        return b""
