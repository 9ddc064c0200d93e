"""Small files are there whole or not at all."""

from pathlib import Path

import pytest

from edge.adapters.store.sealed.atomic_file import write_atomically
from edge.errors import StoreError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """Private, and without a draft left behind."""
    path = tmp_path / "slots"
    write_atomically(path, b"first, and longer")
    write_atomically(path, b"second")
    assert path.read_bytes() == b"second"
    assert [one.name for one in tmp_path.iterdir()] == ["slots"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    """And names the file, not its content."""
    with pytest.raises(StoreError, match="slots"):
        write_atomically(tmp_path / "nowhere" / "slots", b"secret")
