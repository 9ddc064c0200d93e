"""TinyDB over sealed rows does what TinyDB does."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from edge.adapters.store.schema import TableSpec
from edge.adapters.store.tables.document_rows import DocumentRows
from edge.adapters.store.tables.sealed_tables import SealedDB
from tests.adapters.store.bench import a_database

SKUS = st.sampled_from(["a", "b", "c"])
DOCUMENTS = st.fixed_dictionaries({"sku": SKUS, "n": st.integers(0, 4)})
Act = Callable[[Table], Any]


def inserting(document: dict[str, Any]) -> Act:
    return lambda table: table.insert(document)


def inserting_many(documents: list[dict[str, Any]]) -> Act:
    return lambda table: table.insert_multiple(documents)


def updating(sku: str, n: int) -> Act:
    return lambda table: sorted(table.update({"n": n}, where("sku") == sku))


def upserting(document: dict[str, Any]) -> Act:
    return lambda table: sorted(table.upsert(document, where("sku") == document["sku"]))


def removing(sku: str, n: int) -> Act:
    return lambda table: sorted(table.remove((where("sku") == sku) & (where("n") <= n)))


def searching(sku: str, n: int) -> Act:
    query = (where("sku") == sku) | (where("category") == n) | where("sku").one_of([sku, "c"])
    return lambda table: sorted(table.search(query), key=lambda document: document.doc_id)


ACTS = st.one_of(
    st.builds(inserting, DOCUMENTS),
    st.builds(inserting_many, st.lists(DOCUMENTS, max_size=4)),
    st.builds(updating, SKUS, st.integers(0, 4)),
    st.builds(upserting, DOCUMENTS),
    st.builds(removing, SKUS, st.integers(0, 4)),
    st.builds(searching, SKUS, st.integers(0, 4)),
)


@given(st.lists(ACTS, max_size=20))
def test_any_history_ends_as_in_tinydb(acts: list[Act]) -> None:
    """The same answers on the way, the same documents in the end, and a table proven whole."""
    with TemporaryDirectory() as folder, a_database(Path(folder)) as sealed:
        tables = sealed.table("offers"), TinyDB(storage=MemoryStorage).table("offers")
        for act in acts:
            ours, theirs = map(act, tables)
            assert ours == theirs
        ours, theirs = ({one.doc_id: dict(one) for one in table} for table in tables)
        assert ours == theirs
        assert sealed.rows("offers").count() == len(theirs)


def test_documents_survive_closing(tmp_path: Path) -> None:
    """With their ids, bytes and deep structure."""
    deep = {"a": [1, {"b": None}], "c": b"\x00\xff", "d": 1.5, "e": "ü"}
    with a_database(tmp_path) as database:
        row = database.table("events").insert(deep)
    with a_database(tmp_path) as database:
        assert database.table("events").get(doc_id=row) == deep


def test_an_indexed_search_opens_only_what_it_finds(tmp_path: Path) -> None:
    """One document of a hundred is unsealed, not all."""
    with a_database(tmp_path) as database:
        table = database.table("offers")
        table.insert_multiple({"sku": f"s{n}", "n": n} for n in range(100))
        opened = count_opened(database)
        assert table.search(where("sku") == "s7") == [{"sku": "s7", "n": 7}]
        assert opened() == 1


def count_opened(database: SealedDB) -> Callable[[], int]:
    """Counts rows unsealed from now on."""
    rows: DocumentRows = database.rows("offers")
    sealer = rows._engine.sealer
    opened: list[int] = []
    unseal = sealer.unseal

    def counting(spec: TableSpec, row: int, sealed: bytes) -> bytes:
        opened.append(row)
        return unseal(spec, row, sealed)

    sealer.unseal = counting  # type: ignore[method-assign]  # a meter, not a mock
    return lambda: len(opened)


def test_returned_documents_are_copies(tmp_path: Path) -> None:
    """Changing one changes nothing that is kept."""
    with a_database(tmp_path) as database:
        table = database.table("events")
        table.insert({"list": [1]})
        table.all()[0]["list"].append(2)
        assert table.all() == [{"list": [1]}]


def test_a_transaction_over_two_tables_is_whole_or_nothing(tmp_path: Path) -> None:
    """And the ids go on from where they were."""
    with a_database(tmp_path) as database:
        events, offers = database.table("events"), database.table("offers")
        twins = [Document({"n": n}, doc_id=1) for n in (1, 2)]
        with pytest.raises(ValueError, match="already exists"), database.transaction():
            insert_all((offers, {"sku": "a"}), (events, twins[0]), (events, twins[1]))
        assert offers.all() == events.all() == []
        assert offers.search(where("sku") == "a") == []


def insert_all(*documents: tuple[Table, dict[str, Any]]) -> None:
    """One after the other."""
    for table, document in documents:
        table.insert(document)


def test_a_document_that_cannot_be_kept_changes_nothing(tmp_path: Path) -> None:
    """Neither it nor the ones beside it."""
    with a_database(tmp_path) as database:
        table = database.table("events")
        with pytest.raises(TypeError):
            table.insert_multiple([{"n": 1}, {"n": object()}])
        assert table.all() == []


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    """A typing error must not make a table without promises."""
    with a_database(tmp_path) as database, pytest.raises(KeyError):
        database.table("evnets")


def test_dropping_tables_empties_them(tmp_path: Path) -> None:
    """One, then all."""
    with a_database(tmp_path) as database:
        for name in ("events", "offers"):
            database.table(name).insert({"sku": "a"})
        assert database.tables() == {"events", "offers"}
        database.drop_table("events")
        assert database.tables() == {"offers"}
        database.drop_tables()
        assert database.tables() == set()
        assert database.table("offers").search(where("sku") == "a") == []
