"""Commits are whole or nothing; the sum over all rows gives every meddling away."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.errors import NewerStoreError, TamperError
from edge.adapters.store.schema import FIRST_EPOCH, Durability
from edge.adapters.store.sealed.row_engine import Change, RowEngine
from edge.adapters.store.sealed.state import StoreState, decode_state
from edge.errors import StoreError
from tests.adapters.store.bench import EVENTS, OFFERS, an_engine


def put(engine: RowEngine, row: int, plain: bytes = b"butter", tokens: bytes = b"") -> None:
    """Keep an event, in place of an earlier one."""
    before = engine.get(EVENTS, row)
    sealed = engine.sealer.seal(EVENTS, row, plain, epoch=FIRST_EPOCH)
    with engine.transaction():
        engine.apply(
            [Change(spec=EVENTS, row=row, before=before, after=sealed, tokens_after=tokens)]
        )


def put_and_stumble(engine: RowEngine) -> None:
    """Keep an event and fail before the commit."""
    put(engine, 2)
    raise ZeroDivisionError


def meddle(folder: Path, statement: str, *values: object) -> None:
    """Change the closed file behind the store's back."""
    with closing(sqlite3.connect(folder / "rows.db")) as connection:
        connection.execute(statement, values)
        connection.commit()


def peek(folder: Path, row: int) -> bytes:
    """A sealed event, straight from the file."""
    with closing(sqlite3.connect(folder / "rows.db")) as connection:
        found = connection.execute("SELECT v FROM d1 WHERE id = ?", (row,)).fetchone()
        return bytes(found[0])


def test_rows_survive_closing(tmp_path: Path) -> None:
    """And the table is proven whole when it is read again."""
    with an_engine(tmp_path) as engine:
        put(engine, 1)
    with an_engine(tmp_path) as engine:
        assert engine.ids(EVENTS) == [1]
        assert engine.verify(EVENTS) == 1


def test_a_failed_transaction_changes_nothing(tmp_path: Path) -> None:
    """Neither the rows nor the sum."""
    with an_engine(tmp_path) as engine:
        put(engine, 1)
        before = engine.state
        with pytest.raises(ZeroDivisionError), engine.transaction():
            put_and_stumble(engine)
        assert engine.ids(EVENTS) == [1]
        assert engine.state == before
        assert engine.verify(EVENTS) == 1


def test_a_transaction_that_changes_nothing_is_no_commit(tmp_path: Path) -> None:
    """Reading wears nothing out."""
    with an_engine(tmp_path) as engine:
        before = engine.state
        with engine.transaction():
            engine.get(EVENTS, 1)
        assert engine.state == before


def test_a_synced_table_refuses_a_grouped_transaction(tmp_path: Path) -> None:
    """Nobody can weaken a consent's durability by accident."""
    with an_engine(tmp_path) as engine:
        with pytest.raises(StoreError), engine.transaction(Durability.GROUPED):
            put(engine, 1)
        assert engine.ids(EVENTS) == []


def test_an_existing_row_is_never_overwritten_as_new(tmp_path: Path) -> None:
    """A second insert of one id is refused by the file itself."""
    with an_engine(tmp_path) as engine:
        put(engine, 1)
        sealed = engine.sealer.seal(EVENTS, 1, b"other", epoch=FIRST_EPOCH)
        with pytest.raises(StoreError), engine.transaction():
            engine.apply([Change(spec=EVENTS, row=1, before=None, after=sealed)])
        assert engine.verify(EVENTS) == 1


def test_a_grouped_commit_is_synced_by_the_next_synced_one(tmp_path: Path) -> None:
    """`synced` says how far the medium certainly is."""
    with an_engine(tmp_path) as engine:
        sealed = engine.sealer.seal(OFFERS, 1, b"x", epoch=FIRST_EPOCH)
        with engine.transaction(Durability.GROUPED):
            engine.apply([Change(spec=OFFERS, row=1, before=None, after=sealed)])
        assert engine.synced.commit < engine.state.commit
        engine.sync()
        assert engine.synced.commit == engine.state.commit


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("DELETE FROM d1 WHERE id = 2", ()),
        ("DELETE FROM d1", ()),
        ("INSERT INTO d1 SELECT 9, v FROM d1 WHERE id = 2", ()),
        ("UPDATE d1 SET id = 9 WHERE id = 2", ()),
        ("INSERT INTO tokens VALUES (1, x'0102030405060708', 2)", ()),
        ("DELETE FROM tokens WHERE t = 1", ()),
        ("DROP TABLE d1", ()),
    ],
)
def test_meddling_with_rows_or_index_is_noticed(
    tmp_path: Path, statement: str, values: tuple[object, ...]
) -> None:
    """Deleted, copied, moved or dropped, in the table or in its index."""
    with an_engine(tmp_path) as engine:
        for row in (1, 2, 3):
            put(engine, row, tokens=bytes((row,)) * 8)
    meddle(tmp_path, statement, *values)
    with an_engine(tmp_path) as engine, pytest.raises(TamperError):
        engine.get(EVENTS, 1)


def test_an_old_row_put_back_is_noticed(tmp_path: Path) -> None:
    """It is authentic, but not the newest: a withdrawal cannot be undone so."""
    with an_engine(tmp_path) as engine:
        put(engine, 1, b"granted")
    granted = peek(tmp_path, 1)
    with an_engine(tmp_path) as engine:
        put(engine, 1, b"withdrawn")
    meddle(tmp_path, "UPDATE d1 SET v = ? WHERE id = 1", granted)
    with an_engine(tmp_path) as engine, pytest.raises(TamperError):
        engine.get(EVENTS, 1)


def test_rows_without_their_state_are_not_believed(tmp_path: Path) -> None:
    """Taking the state row away does not make the rest new."""
    with an_engine(tmp_path) as engine:
        put(engine, 1)
    meddle(tmp_path, "DELETE FROM d0")
    with pytest.raises(TamperError), an_engine(tmp_path):
        pass


def test_a_later_programs_file_is_refused(tmp_path: Path) -> None:
    """Clearly, and without touching it."""
    with an_engine(tmp_path) as engine, engine.transaction():
        engine.set_version(99)
    with pytest.raises(NewerStoreError), an_engine(tmp_path):
        pass


@given(st.dictionaries(st.integers(1, 65_000), st.integers(1, 2**256 - 1), max_size=20))
def test_a_state_comes_back_as_it_was(sums: dict[int, int]) -> None:
    """And keeps its fingerprint, in whatever order its tables were touched."""
    state = StoreState(version=2, commit=7, sums=sums)
    turned = StoreState(version=2, commit=7, sums=dict(reversed(sums.items())))
    assert decode_state(state.encoded()) == state
    assert state.fingerprint == turned.fingerprint


@given(st.lists(st.integers(0, 2**256 - 1)), st.randoms(use_true_random=False))
def test_the_sum_does_not_depend_on_the_order(leaves: list[int], dice: object) -> None:
    """Adding and taking away in any order leads back to nothing."""
    state = StoreState(version=2)
    for leaf in leaves:
        state = state.adding(1, leaf)
    dice.shuffle(leaves)  # type: ignore[attr-defined]  # hypothesis' random.Random
    for leaf in leaves:
        state = state.adding(1, -leaf)
    assert state.sums.get(1, 0) == 0
