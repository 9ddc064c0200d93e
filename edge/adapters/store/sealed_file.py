"""One open store: the lock, the keys, the rows and the anchor, opened and closed in order."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from edge.adapters.store.errors import KeyRefusedError, StoreFullError
from edge.adapters.store.migrations import migrate
from edge.adapters.store.schema import FIRST_EPOCH, Compartment, Schema
from edge.adapters.store.sealed.anchor import Anchor
from edge.adapters.store.sealed.atomic_file import file_errors
from edge.adapters.store.sealed.ballast import Ballast
from edge.adapters.store.sealed.key_slots import KeySlots
from edge.adapters.store.sealed.key_source import KeySource
from edge.adapters.store.sealed.row_engine import RowEngine
from edge.adapters.store.sealed.sealer import Sealer, derived
from edge.adapters.store.sealed.writer_lock import WriterLock
from edge.adapters.store.tables.sealed_tables import SealedDB

T = TypeVar("T")


class SealedFile:
    """A store's files, held by this process alone.

    Attributes:
        database: Its documents.
        engine: Their rows.
        ballast: Room for when the disk is full.
    """

    def __init__(
        self,
        folder: Path,
        *,
        keys: Path,
        source: KeySource,
        schema: Schema,
        accept_older: bool = False,
    ) -> None:
        for each in (folder, keys):
            with file_errors(each):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._schema = schema
        with ExitStack() as opened:
            lock = WriterLock(folder)
            opened.callback(lock.release)
            self._open(folder / "store.db", keys, source)
            opened.callback(self.engine.close)
            if accept_older:
                self._anchor.forget()
            self._anchor.check(self.engine.state)
            self._finish_renewal()
            self.database = SealedDB(self.engine, schema)
            migrate(self.engine, self.database)
            self.ballast = Ballast(folder)
            self.ballast.take()
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Bring everything to the medium, remember it, and let go."""
        with self._opened:
            self.remember()

    def abandon(self) -> None:
        """Let go without writing anything."""
        self._opened.close()

    def remember(self) -> None:
        """Bring everything to the medium and let the anchor know."""
        self.engine.sync()
        self._anchor.advance(self.engine.synced)

    @contextmanager
    def erasing(self, compartments: Iterable[Compartment]) -> Iterator[None]:
        """A transaction that also empties the compartments and destroys their keys."""
        with self._renewing(compartments) as epochs:
            yield
            for compartment in epochs:
                for spec in self._schema.of(compartment):
                    self.engine.clear(spec)

    @contextmanager
    def renewing(self, compartments: Iterable[Compartment]) -> Iterator[None]:
        """A transaction after which no earlier key opens what it has removed.

        The compartments' remaining rows are sealed again with new keys, the old keys destroyed.
        """
        with self._renewing(compartments) as epochs:
            yield
            for compartment, epoch in epochs.items():
                for spec in self._schema.of(compartment):
                    self.database.rows(spec.name).renew(epoch)

    @contextmanager
    def _renewing(self, compartments: Iterable[Compartment]) -> Iterator[dict[Compartment, int]]:
        """New keys first, then the rows and the switch in one commit, then the old keys' end.

        Whenever it is cut, the committed state says which keys are right, and opening the store
        destroys the others.
        """
        epochs = {one: self._slots.add_epoch(one) for one in compartments}
        for compartment, epoch in epochs.items():
            self.engine.sealer.add(compartment, epoch, self._slots.roots[compartment][epoch])
        try:
            with self.engine.transaction():
                yield epochs
                for compartment, epoch in epochs.items():
                    self.engine.switch(compartment, epoch)
        finally:
            self._finish_renewal()
        self.remember()
        if epochs:
            self.engine.fold_log()

    def verify(self) -> dict[str, int]:
        """Prove every table whole; returns how many rows each has."""
        return {spec.name: self.engine.verify(spec) for spec in self._schema}

    def even_if_full(self, act: Callable[[], T]) -> T:
        """Do what must never fail for want of room: throw the ballast overboard if need be."""
        try:
            return act()
        except StoreFullError:
            if not self.ballast.drop():
                raise
            return act()

    def _finish_renewal(self) -> None:
        self._slots.keep_only(self.engine.state.epochs)
        self.engine.sealer.keep_only(self.engine.state.epochs)

    def _open(self, file: Path, keys: Path, source: KeySource) -> None:
        """The slots, the anchor and the rows; made only where there is nothing at all.

        Raises:
            KeyRefusedError: Data exist, but not their keys.
        """
        slots, fresh = keys / "slots.json", not (keys / "slots.json").exists()
        if fresh and file.exists():
            raise KeyRefusedError(slots.name, "is missing; no key is made where data exist")
        self._slots = (
            KeySlots.create(slots, source.make()) if fresh else KeySlots.open(slots, source.read())
        )
        self._anchor = Anchor(keys / "anchor", _anchor_key(self._slots))
        if not file.exists():
            self._anchor.require_nothing_kept()
        self.engine = RowEngine(file, sealer=Sealer(self._slots.roots), schema=self._schema)


def _anchor_key(slots: KeySlots) -> bytes:
    """From the state key; the state's compartment is never renewed."""
    return derived(slots.roots[Compartment.STATE][FIRST_EPOCH], "anchor")
