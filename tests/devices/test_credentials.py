"""Keeping credentials."""

from pathlib import Path

import pytest

from devices.credentials import CredentialsError, load_credentials, save_credentials
from tests.devices.builders import some_credentials


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """Name, password, keys and the day of joining."""
    save_credentials(some_credentials(), tmp_path / "fridge.json")

    assert load_credentials(tmp_path / "fridge.json") == some_credentials()


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    """From the first byte on."""
    save_credentials(some_credentials(), tmp_path / "fridge.json")

    assert (tmp_path / "fridge.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["fridge.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"device": "x"}', "\x00"])
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    """With its name and what to do, without what is in it."""
    path = tmp_path / "fridge.json"
    path.write_text(text)

    with pytest.raises(CredentialsError, match="pair again"):
        load_credentials(path)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(CredentialsError, match="cannot be written"):
        save_credentials(some_credentials(), tmp_path / "nowhere" / "fridge.json")
