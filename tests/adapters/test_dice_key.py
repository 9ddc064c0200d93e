"""The home's dice have one key, drawn once."""

from pathlib import Path

import pytest

from edge.adapters.dice_key import KEY_BYTES, open_dice
from edge.errors import StoreError


def test_the_key_is_drawn_once(tmp_path: Path) -> None:
    """A restart throws the same dice; another home throws others."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    first = open_dice(tmp_path / "a")

    assert open_dice(tmp_path / "a") == first
    assert open_dice(tmp_path / "b") != first
    assert len(first.key) == KEY_BYTES


def test_the_key_is_for_nobody_else(tmp_path: Path) -> None:
    """Only its owner may read it."""
    open_dice(tmp_path)

    assert (tmp_path / "dice.key").stat().st_mode & 0o077 == 0


def test_half_a_key_is_refused(tmp_path: Path) -> None:
    """A damaged file is not silently replaced: past decisions would no longer replay."""
    (tmp_path / "dice.key").write_bytes(b"half")

    with pytest.raises(StoreError):
        open_dice(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """Nothing can be kept there."""
    with pytest.raises(StoreError, match="cannot be used"):
        open_dice(tmp_path / "nowhere")
