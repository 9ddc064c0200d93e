"""Documents as sealed rows: packed, sealed, indexed; the step between TinyDB and the engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import msgspec

from edge.adapters.store.row_engine import Change, RowEngine
from edge.adapters.store.schema import TableSpec
from edge.errors import StoreError

Document = dict[str, Any]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document as it lies in its row: sealed, and as packed bytes."""

    sealed: bytes
    packed: bytes

    def document(self) -> Document:
        """A copy of its own for each caller."""
        return _decode(self.packed)


class DocumentRows:
    """The documents of one table."""

    def __init__(self, engine: RowEngine, spec: TableSpec) -> None:
        self.spec = spec
        self._engine = engine
        engine.add_table(spec)

    def load(self, row: int) -> Stored | None:
        """The document with its sealed row, or None."""
        sealed = self._engine.get(self.spec, row)
        if sealed is None:
            return None
        return Stored(sealed=sealed, packed=self._engine.sealer.unseal(self.spec, row, sealed))

    def get(self, row: int) -> Document | None:
        """The document, or None."""
        stored = self.load(row)
        return None if stored is None else stored.document()

    def __iter__(self) -> Iterator[tuple[int, Document]]:
        unseal = self._engine.sealer.unseal
        for row, sealed in self._engine.between(self.spec):
            yield row, _decode(unseal(self.spec, row, sealed))

    def ids(self) -> list[int]:
        """All ids, in order."""
        return self._engine.ids(self.spec)

    def count(self) -> int:
        """How many documents there are."""
        return self._engine.count(self.spec)

    def newest_id(self) -> int:
        """The highest id; 0 without documents."""
        return self._engine.newest_id(self.spec)

    def having(self, field: str, value: object) -> set[int] | None:
        """The ids of documents whose indexed field may equal the value; None when unknown."""
        epoch = self._engine.epoch(self.spec)
        token = self._engine.sealer.token(self.spec, field, value, epoch=epoch)
        return None if token is None else set(self._engine.lookup(self.spec, token))

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction as durable as the table asks for."""
        return self._engine.transaction(self.spec.durability)

    def put(self, row: int, document: Document, *, instead_of: Stored | None) -> None:
        """Keep a document, within the open transaction; nothing is written if it is unchanged.

        Raises:
            StoreError: The table is append-only and the row is there.
        """
        packed = _encode(document)
        if instead_of is not None:
            if packed == instead_of.packed:
                return
            self._refuse_if_append_only()
        self._apply(row, before=instead_of, after=packed)

    def remove(self, row: int, stored: Stored) -> None:
        """Remove a document, within the open transaction.

        Raises:
            StoreError: The table is append-only.
        """
        self._refuse_if_append_only()
        self._apply(row, before=stored, after=None)

    def clear(self) -> None:
        """Remove every document, within the open transaction; forgetting, so never refused."""
        self._engine.clear(self.spec)

    def renew(self, epoch: int) -> None:
        """Seal every document again, with another epoch's key, within the open transaction."""
        before = self._engine.epoch(self.spec)
        for row in self.ids():
            if (stored := self.load(row)) is not None:
                change = Change(
                    spec=self.spec,
                    row=row,
                    before=stored.sealed,
                    after=self._sealed(row, stored.packed, epoch),
                    tokens_before=self._tokens(stored.packed, before),
                    tokens_after=self._tokens(stored.packed, epoch),
                )
                self._engine.apply((change,))

    def _apply(self, row: int, *, before: Stored | None, after: bytes | None) -> None:
        epoch = self._engine.epoch(self.spec)
        change = Change(
            spec=self.spec,
            row=row,
            before=before.sealed if before else None,
            after=self._sealed(row, after, epoch),
            tokens_before=self._tokens(before.packed if before else None, epoch),
            tokens_after=self._tokens(after, epoch),
        )
        self._engine.apply((change,))

    def _sealed(self, row: int, packed: bytes | None, epoch: int) -> bytes | None:
        if packed is None:
            return None
        return self._engine.sealer.seal(self.spec, row, packed, epoch=epoch)

    def _tokens(self, packed: bytes | None, epoch: int) -> bytes:
        if packed is None or not self.spec.indexed:
            return b""
        document = _decode(packed)
        made = (
            self._engine.sealer.token(self.spec, field, document[field], epoch=epoch)
            for field in self.spec.indexed
            if field in document
        )
        return b"".join(sorted({token for token in made if token is not None}))

    def _refuse_if_append_only(self) -> None:
        if self.spec.append_only:
            message = f"table {self.spec.number} only grows"
            raise StoreError(message)
