"""TinyDB's own tests, from its source distribution, pass over sealed rows."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
import tinydb.version

REPOSITORY = Path(__file__).parents[4]

EXCEPTIONS = {
    "test_table_repr": "the class is called SealedTable, and the text of its storage differs",
    "test_persist_table": "an empty table has no rows, so it is not listed: nothing is lost",
}
"""Tests of TinyDB that do not hold here, each with its reason."""

CONFTEST = """
    import pytest
    from collections.abc import Iterator
    from pathlib import Path

    import tinydb
    from tinydb import TinyDB
    from edge.adapters.store.schema import Compartment, Schema, TableSpec
    from edge.adapters.store.sealed.row_engine import RowEngine
    from edge.adapters.store.sealed.sealer import Sealer
    from edge.adapters.store.tables.sealed_tables import SealedDB, SealedTable
    from tests.adapters.store.bench import ROOTS
    from tinydb.middlewares import CachingMiddleware
    from tinydb.storages import MemoryStorage

    class CachingTable(SealedTable):
        # TinyDB's tests look into the query cache, which the store leaves off.
        def __init__(self, storage, name, cache_size=10, persist_empty=False):
            super().__init__(storage, name, cache_size, persist_empty)

    class SuiteDB(SealedDB):
        table_class = CachingTable

    class OpenSchema(Schema):
        # A table for any name, as TinyDB's tests ask for them.
        def __getitem__(self, name):
            if name not in self._specs:
                number = len(self._specs) + 1
                self._specs[name] = TableSpec(
                    name=name,
                    number=number,
                    compartment=Compartment.CHOICES,
                    indexed=("int", "char", "_id", "key"),
                )
            return self._specs[name]

    @pytest.fixture
    def db(tmp_path):
        schema = OpenSchema(())
        engine = RowEngine(tmp_path / "rows.db", sealer=Sealer(ROOTS), schema=schema)
        database = SuiteDB(engine, schema)
        database.drop_tables()
        database.insert_multiple({"int": 1, "char": c} for c in "abc")
        yield database
        engine.close()

    @pytest.fixture
    def storage():
        return CachingMiddleware(MemoryStorage)()
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """TinyDB's tests, with our database in place of its own."""
    version = tinydb.version.__version__
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    source = ["--no-binary", "tinydb", f"tinydb=={version}"]
    done = subprocess.run(
        [*download, *source, "--dest", str(tmp_path)], capture_output=True, check=False
    )
    archives = list(tmp_path.glob("*.tar.gz"))
    if not archives:
        message = f"TinyDB's source cannot be fetched: {done.stderr.decode()[-200:]}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    subprocess.run(["tar", "-xzf", archives[0], "-C", tmp_path], check=True)
    shutil.move(tmp_path / f"tinydb-{version}" / "tests", tmp_path / "tinydb_tests")
    (tmp_path / "tinydb_tests" / "conftest.py").write_text(dedent(CONFTEST), encoding="utf-8")
    return tmp_path / "tinydb_tests"


@pytest.mark.slow
def test_tinydbs_own_tests_pass(suite: Path) -> None:
    """All but the few named exceptions."""
    deselected = " and ".join(f"not {name}" for name in EXCEPTIONS)
    pytest_alone = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    run = subprocess.run(
        [*pytest_alone, "--rootdir", str(suite), "-k", deselected, str(suite)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
        timeout=300,
        cwd=suite,
    )
    assert run.returncode == 0, run.stdout.decode()[-3_000:]
