"""Documents as sealed rows: packed with MessagePack, found by their indexed fields."""

from collections.abc import Iterator
from typing import Any

import msgspec

from edge.adapters.store.sealed.sealed_rows import SealedRows

Document = dict[str, Any]

packed = msgspec.msgpack.Encoder().encode
"""A document as bytes."""

unpacked = msgspec.msgpack.Decoder(dict).decode
"""The document again; a copy of its own for each caller."""


class DocumentRows(SealedRows):
    """The documents of one table."""

    def get(self, row: int) -> Document | None:
        """The document, or None."""
        stored = self.load(row)
        return None if stored is None else unpacked(stored.packed)

    def __iter__(self) -> Iterator[tuple[int, Document]]:
        for row, content in self.between():
            yield row, unpacked(content)

    def having(self, field: str, value: object) -> set[int] | None:
        """The ids of documents whose indexed field may equal the value; None when unknown."""
        epoch = self._engine.epoch(self.spec)
        token = self._engine.sealer.token(self.spec, field, value, epoch=epoch)
        return None if token is None else set(self._engine.lookup(self.spec, token))

    def _tokens(self, packed: bytes | None, epoch: int) -> bytes:
        if packed is None or not self.spec.indexed:
            return b""
        document = unpacked(packed)
        made = (
            self._engine.sealer.token(self.spec, field, document[field], epoch=epoch)
            for field in self.spec.indexed
            if field in document
        )
        return b"".join(sorted({token for token in made if token is not None}))
