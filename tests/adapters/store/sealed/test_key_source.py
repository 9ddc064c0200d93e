"""The one key comes from a private file, systemd or a passphrase, and from nowhere else."""

from pathlib import Path

import pytest

from edge.adapters.store.errors import KeyRefusedError
from edge.adapters.store.sealed.key_source import KEY_BYTES, Credential, KeyFile, Passphrase


def test_a_key_file_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    """The second reading gives the same key."""
    source = KeyFile(tmp_path / "key")
    first = source.make()
    assert len(first) == KEY_BYTES
    assert source.read() == source.make() == first
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_no_key_is_made_where_data_exist(tmp_path: Path) -> None:
    """A missing key is an error, not a new key."""
    with pytest.raises(KeyRefusedError):
        KeyFile(tmp_path / "key").read()
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """Group or world."""
    source = KeyFile(tmp_path / "key")
    source.make()
    (tmp_path / "key").chmod(mode)
    with pytest.raises(KeyRefusedError):
        source.read()


@pytest.mark.parametrize("length", [0, KEY_BYTES - 1, KEY_BYTES + 1])
def test_a_key_of_the_wrong_length_is_refused(tmp_path: Path, length: int) -> None:
    """A cut file is not a key."""
    (tmp_path / "key").write_bytes(b"k" * length)
    (tmp_path / "key").chmod(0o600)
    with pytest.raises(KeyRefusedError):
        KeyFile(tmp_path / "key").read()


def test_a_credential_is_read_and_never_made(tmp_path: Path) -> None:
    """Systemd puts it there, or the store stays shut."""
    with pytest.raises(KeyRefusedError):
        Credential(tmp_path).make()
    (tmp_path / "doorstep-store").write_bytes(b"c" * KEY_BYTES)
    (tmp_path / "doorstep-store").chmod(0o400)
    assert Credential(tmp_path).read() == b"c" * KEY_BYTES


def test_a_passphrase_gives_its_key_with_its_salt_only(tmp_path: Path) -> None:
    """Other words or another salt give another key."""
    key = Passphrase("correct horse", tmp_path / "salt").make()
    assert Passphrase("correct horse", tmp_path / "salt").read() == key
    assert Passphrase("battery staple", tmp_path / "salt").read() != key
    assert Passphrase("correct horse", tmp_path / "other").make() != key
    with pytest.raises(KeyRefusedError):
        Passphrase("correct horse", tmp_path / "none").read()
