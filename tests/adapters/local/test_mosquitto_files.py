"""What a Mosquitto of ours is told is for its eyes only."""

from pathlib import Path

import pytest

from edge.adapters.local.accounts import mosquitto_hash
from edge.adapters.local.mosquitto_files import write_accounts, write_configuration

HASH = mosquitto_hash("secret of the fridge", salt=bytes(12))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Written once."""
    folder = tmp_path / "mosquitto"
    write_configuration(folder, host="127.0.0.1", port=1883)
    write_accounts(folder, {"fridge-7f3a": HASH}, password="made anew")
    return folder


def test_nobody_else_can_read_any_of_it(folder: Path) -> None:
    """0700 and 0600, whatever the umask."""
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_no_password_is_written_in_clear(folder: Path) -> None:
    """Hashes only; the appliance's is the one that pairing made."""
    lines = (folder / "passwords").read_text().splitlines()
    users = dict(line.split(":", 1) for line in lines)
    assert users.keys() == {"edge", "pairing", "fridge-7f3a"}
    assert users["fridge-7f3a"] == HASH
    assert all(kept.startswith("$7$101$") for kept in users.values())
    assert "made anew" not in "".join(path.read_text() for path in folder.iterdir())


def test_it_listens_where_it_is_told_and_lets_nobody_in_unnamed(folder: Path) -> None:
    """The two lines that matter most."""
    lines = (folder / "mosquitto.conf").read_text().splitlines()
    assert "listener 1883 127.0.0.1" in lines
    assert "allow_anonymous false" in lines


def test_a_removed_account_is_in_neither_file(folder: Path) -> None:
    """Passwords and ACL are written together from the same accounts."""
    write_accounts(folder, {}, password="made anew")
    assert "fridge-7f3a" not in (folder / "passwords").read_text()
    assert "fridge-7f3a" not in (folder / "acl").read_text()
