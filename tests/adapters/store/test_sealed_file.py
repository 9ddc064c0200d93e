"""A home's files open whole or with a clear error; keys go with what they sealed."""

import shutil
from pathlib import Path

import pytest

from edge.adapters.store.errors import KeyRefusedError, RollbackError, StoreInUseError, TamperError
from edge.adapters.store.schema import Compartment
from edge.adapters.store.sealed.key_slots import KeySlots
from edge.adapters.store.sealed_file import SealedFile
from edge.errors import StoreError
from tests.adapters.store.bench import a_file

BUTTER = {"what": "butter"}


class PowerCutError(Exception):
    """The lights go out."""


def fill(file: SealedFile) -> None:
    """A row in each of two compartments."""
    file.database.table("needs").insert(BUTTER)
    file.database.table("settled").insert(BUTTER)


def content(file: SealedFile) -> tuple[int, int]:
    """How many rows there are in each."""
    return len(file.database.table("needs")), len(file.database.table("settled"))


def infer_epochs(folder: Path) -> list[int]:
    """The keys on disk for what was inferred."""
    key = (folder / "keys" / "key").read_bytes()
    return sorted(KeySlots.open(folder / "keys" / "slots.json", key).roots[Compartment.INFER])


def test_a_second_process_is_kept_out(tmp_path: Path) -> None:
    """Until the first one has closed."""
    with a_file(tmp_path), pytest.raises(StoreInUseError), a_file(tmp_path):
        pass
    with a_file(tmp_path):
        pass


def test_erasing_empties_a_compartment_and_destroys_its_key(tmp_path: Path) -> None:
    """The others stay readable, and the emptied one is usable."""
    with a_file(tmp_path) as file:
        fill(file)
        with file.erasing([Compartment.INFER]):
            pass
        assert content(file) == (0, 1)
        assert infer_epochs(tmp_path) == [2]
        fill(file)
    with a_file(tmp_path) as file:
        assert content(file) == (1, 2)


def test_renewing_keeps_what_is_left_under_another_key(tmp_path: Path) -> None:
    """Readable now and after a restart; every table is proven whole."""
    with a_file(tmp_path) as file:
        fill(file)
        with file.renewing([Compartment.INFER]):
            file.database.table("needs").insert(BUTTER)
        assert content(file) == (2, 1)
        assert infer_epochs(tmp_path) == [2]
    with a_file(tmp_path) as file:
        assert content(file) == (2, 1)
        assert file.verify()["needs"] == 2


def test_an_erasure_that_fails_leaves_everything(tmp_path: Path) -> None:
    """Rows, keys and the way to them."""
    with a_file(tmp_path) as file:
        fill(file)
        with pytest.raises(PowerCutError), file.erasing([Compartment.INFER]):
            raise PowerCutError
        assert content(file) == (1, 1)
        assert infer_epochs(tmp_path) == [1]


@pytest.mark.parametrize("committed", [False, True])
def test_a_cut_between_keys_and_rows_is_made_good(tmp_path: Path, *, committed: bool) -> None:
    """The commit decides: before it the old key is right, after it the new one."""
    with a_file(tmp_path) as file:
        fill(file)
        epoch = file._slots.add_epoch(Compartment.INFER)
        root = file._slots.roots[Compartment.INFER][epoch]
        file.engine.sealer.add(Compartment.INFER, epoch, root)
        if committed:
            with file.database.transaction():
                file.database.rows("needs").clear()
                file.engine.switch(Compartment.INFER, epoch)
        shutil.copytree(tmp_path, tmp_path / "cut")
        file._slots.keep_only(file.engine.state.epochs)
    with a_file(tmp_path / "cut") as file:
        assert content(file) == ((0, 1) if committed else (1, 1))
        assert infer_epochs(tmp_path / "cut") == [epoch if committed else 1]


def test_no_key_is_made_where_data_exist(tmp_path: Path) -> None:
    """Lost slots or a lost key are an error, and nothing is written."""
    with a_file(tmp_path) as file:
        fill(file)
    for name in ("slots.json", "key"):
        kept = (tmp_path / "keys" / name).read_bytes()
        (tmp_path / "keys" / name).unlink()
        with pytest.raises(KeyRefusedError), a_file(tmp_path):
            pass
        assert not (tmp_path / "keys" / name).exists()
        (tmp_path / "keys" / name).write_bytes(kept)
        (tmp_path / "keys" / name).chmod(0o600)
    with a_file(tmp_path) as file:
        assert content(file) == (1, 1)


def test_an_older_file_put_back_is_refused(tmp_path: Path) -> None:
    """After a clean close the anchor knows the last commit."""
    with a_file(tmp_path) as file:
        fill(file)
    shutil.copytree(tmp_path / "data", tmp_path / "old")
    with a_file(tmp_path) as file:
        fill(file)
    shutil.rmtree(tmp_path / "data")
    shutil.copytree(tmp_path / "old", tmp_path / "data")
    with pytest.raises(RollbackError), a_file(tmp_path):
        pass


def test_a_file_taken_away_is_noticed(tmp_path: Path) -> None:
    """The store does not begin anew in silence."""
    with a_file(tmp_path) as file:
        fill(file)
    (tmp_path / "data" / "store.db").unlink()
    with pytest.raises(RollbackError), a_file(tmp_path):
        pass
    assert not (tmp_path / "data" / "store.db").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    """Emptied or overwritten; it stays where it is."""
    with a_file(tmp_path) as file:
        fill(file)
    (tmp_path / "data" / "store.db").write_bytes(content)
    with pytest.raises((TamperError, RollbackError)), a_file(tmp_path):
        pass
    with pytest.raises((TamperError, RollbackError)), a_file(tmp_path):
        pass


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(StoreError), a_file(tmp_path):
        pass


def test_what_is_half_open_is_closed_again(tmp_path: Path) -> None:
    """A refused store leaves no lock behind."""
    with a_file(tmp_path):
        pass
    anchor = (tmp_path / "keys" / "anchor").read_bytes()
    (tmp_path / "keys" / "anchor").unlink()
    with pytest.raises(RollbackError), a_file(tmp_path):
        pass
    (tmp_path / "keys" / "anchor").write_bytes(anchor)
    with a_file(tmp_path) as file:
        assert content(file) == (0, 0)
