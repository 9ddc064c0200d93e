"""Sealed rows with a proof that none is missing, changed or put back; atomic commits.

The state row (state.py) is rewritten in each commit, in the same transaction as the rows. A table
is proven whole when it is first touched; a public one only by `verify`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from edge.adapters.store.errors import NewerStoreError, TamperError
from edge.adapters.store.schema import FIRST_EPOCH, Compartment, Durability, Schema, TableSpec
from edge.adapters.store.sealed.row_file import RowFile
from edge.adapters.store.sealed.sealer import Sealer
from edge.adapters.store.sealed.state import StoreState, decode_state, table_sum
from edge.errors import StoreError

VERSION = 2
"""Of the file's layout; raised with each step in migrations.py."""

_STATE = TableSpec(name="state", number=0, compartment=Compartment.STATE)
_STATE_ROW = 1

LAST_ROW = 2**63 - 1
"""SQLite's highest row id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row before and after, sealed; None where there is no row.

    Attributes:
        tokens_before, tokens_after: Its index tokens, sorted and joined.
    """

    spec: TableSpec
    row: int
    before: bytes | None
    after: bytes | None
    tokens_before: bytes = b""
    tokens_after: bytes = b""


class RowEngine:
    """The rows of one store.

    Attributes:
        sealer: Its keys.
        state: What the file holds, the open transaction's changes included.
        synced: The newest state that is certainly on the medium.
    """

    def __init__(self, path: Path, *, sealer: Sealer, schema: Schema) -> None:
        self.sealer = sealer
        self._file = RowFile(path)
        self._proven: set[int] = set()
        self._durability = Durability.SYNCED
        self._changed = False
        try:
            self.state = self.synced = self._stored_state()
            self._prepare(schema)
        except BaseException:
            self._file.close()
            raise

    def epoch(self, spec: TableSpec) -> int:
        """The key epoch that the table's rows are sealed with."""
        return self.state.epochs[spec.compartment]

    def add_table(self, spec: TableSpec) -> None:
        """Make a table that the schema did not list."""
        self._file.create(spec.number)

    # reading
    def get(self, spec: TableSpec, row: int) -> bytes | None:
        """The sealed row, or None."""
        self._prove(spec)
        return self._file.get(spec.number, row)

    def between(
        self, spec: TableSpec, first: int = 0, last: int = LAST_ROW
    ) -> Iterator[tuple[int, bytes]]:
        """The sealed rows from `first` to `last`, both included, by id."""
        self._prove(spec)
        return self._file.between(spec.number, first, last)

    def ids(self, spec: TableSpec) -> list[int]:
        """All row ids, in order."""
        self._prove(spec)
        return self._file.ids(spec.number)

    def count(self, spec: TableSpec) -> int:
        """How many rows there are."""
        self._prove(spec)
        return self._file.count(spec.number)

    def newest_id(self, spec: TableSpec) -> int:
        """The highest id; 0 without rows."""
        self._prove(spec)
        return self._file.newest_id(spec.number)

    def span(self, spec: TableSpec) -> tuple[int, int]:
        """The lowest and the highest id; 0 and 0 without rows."""
        self._prove(spec)
        return self._file.span(spec.number)

    def lookup(self, spec: TableSpec, token: bytes) -> list[int]:
        """The rows that carry this index token."""
        self._prove(spec)
        return self._file.lookup(spec.number, token)

    # writing
    @contextmanager
    def transaction(self, durability: Durability = Durability.SYNCED) -> Iterator[None]:
        """All changes inside it are kept together, or none; the outermost one decides how."""
        if self._file.in_transaction:
            yield
            return
        before = self.state
        self._file.begin(durability)
        self._durability = durability
        try:
            yield
            self._finish()
        except BaseException:
            self.state, self._changed = before, False
            self._file.rollback()
            raise

    def apply(self, changes: Iterable[Change]) -> None:
        """Make the changes, within the open transaction.

        Raises:
            StoreError: A table asks for more durability than the transaction gives.
        """
        for change in changes:
            if change.spec.durability is Durability.SYNCED is not self._durability:
                message = f"table {change.spec.number} needs a synced transaction"
                raise StoreError(message)
            self._prove(change.spec)
            self._take_out(change)
            self._put_in(change)
            self._changed = True

    def clear(self, spec: TableSpec) -> None:
        """Remove every row of a table, within the open transaction."""
        self._file.clear(spec.number)
        self.state = self.state.emptying(spec.number)
        self._changed = True

    def switch(self, compartment: Compartment, epoch: int) -> None:
        """Seal the compartment's rows with another key from now on, within the transaction."""
        self.state = self.state.renewing(compartment, epoch)
        self._changed = True

    def set_version(self, version: int) -> None:
        """The file's layout is this one now, within the open transaction."""
        self.state = replace(self.state, version=version)
        self._changed = True

    def fill_log(self) -> None:
        """Give the log its full length; a disk without room for it leaves it as it is."""
        try:
            self._file.fill_log()
        except OSError:
            self._file.fold_log()

    def fold_log(self) -> None:
        """Leave no earlier bytes in the log."""
        self._file.fold_log()

    def sync(self) -> None:
        """Bring everything kept so far to the medium."""
        if self.synced is not self.state:
            with self.transaction():
                self._changed = True

    def verify(self, spec: TableSpec) -> int:
        """Prove the table whole by every row's nonce and tag.

        Returns:
            How many rows it has.

        Raises:
            TamperError: A row was changed, removed, added or put back.
        """
        tokens = self._file.tokens(spec.number)
        leaves = [
            self.sealer.leaf(spec, row, sealed, tokens.pop(row, b""))
            for row, sealed in self._file.between(spec.number, -LAST_ROW, LAST_ROW)
        ]
        if tokens or table_sum(leaves) != self.state.sums.get(spec.number, 0):
            place = f"table {spec.number}"
            raise TamperError(place)
        self._proven.add(spec.number)
        return len(leaves)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _prepare(self, schema: Schema) -> None:
        """Make missing tables; a new file gets its state in the same act."""
        with self.transaction():
            self._changed = not self._file.has_tables()
            for spec in (_STATE, *schema):
                self._file.create(spec.number)

    def _stored_state(self) -> StoreState:
        """The state in the file; a new one for a new file.

        Raises:
            NewerStoreError: A later program wrote it.
            TamperError: There are rows but no state that vouches for them.
        """
        if not self._file.has_tables():
            return StoreState(version=VERSION, epochs=dict.fromkeys(Compartment, FIRST_EPOCH))
        sealed = self._file.get(_STATE.number, _STATE_ROW)
        if sealed is None:
            place = "the state row"
            raise TamperError(place)
        state = decode_state(self.sealer.unseal(_STATE, _STATE_ROW, sealed))
        if state.version > VERSION:
            raise NewerStoreError(found=state.version, known=VERSION)
        return state

    def _prove(self, spec: TableSpec) -> None:
        if spec.number not in self._proven and not spec.public:
            self.verify(spec)

    def _take_out(self, change: Change) -> None:
        if change.before is None:
            return
        self._add(change, -1, change.before, change.tokens_before)
        self._file.unindex(change.spec.number, change.row, change.tokens_before)
        if change.after is None:
            self._file.delete(change.spec.number, change.row)

    def _put_in(self, change: Change) -> None:
        if change.after is None:
            return
        keep = self._file.insert if change.before is None else self._file.replace
        keep(change.spec.number, change.row, change.after)
        self._file.index(change.spec.number, change.row, change.tokens_after)
        self._add(change, +1, change.after, change.tokens_after)

    def _add(self, change: Change, sign: int, sealed: bytes, tokens: bytes) -> None:
        leaf = self.sealer.leaf(change.spec, change.row, sealed, tokens)
        self.state = self.state.adding(change.spec.number, sign * leaf)

    def _finish(self) -> None:
        if self._changed:
            self.state = replace(self.state, commit=self.state.commit + 1)
            sealed = self.sealer.seal(
                _STATE, _STATE_ROW, self.state.encoded(), epoch=self.epoch(_STATE)
            )
            self._file.replace(_STATE.number, _STATE_ROW, sealed)
        self._file.commit()
        self._changed = False
        if self._durability is Durability.SYNCED:
            self.synced = self.state
