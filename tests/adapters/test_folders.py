"""What is private is closed to everybody else."""

import stat
from pathlib import Path

import pytest

from edge.adapters.folders import make_folders
from edge.errors import StoreError


def test_an_open_private_folder_is_closed(tmp_path: Path) -> None:
    """Whoever made it before us."""
    private = tmp_path / "state"
    private.mkdir(mode=0o755)

    make_folders(private=private, shared=tmp_path / "exchange")

    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert (tmp_path / "exchange").is_dir()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "state").write_text("")

    with pytest.raises(StoreError, match="state"):
        make_folders(private=tmp_path / "state", shared=tmp_path / "exchange")
