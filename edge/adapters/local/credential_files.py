"""How credentials lie on disk: for the runtime's eyes only, each file whole or not at all."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from edge.errors import StoreError
from edge.wire.pairing import Credentials

DEVICE_ID = re.compile(r"[a-z][a-z0-9-]{2,39}")
"""docs/wire/README.md; also what keeps a name from leaving its folder."""

_HASH = re.compile(r"\$7\$\d{1,7}\$[A-Za-z0-9+/]{16}\$[A-Za-z0-9+/]{86}==")
_ACCOUNTS = "accounts.json"


def read_users(folder: Path) -> dict[str, str]:
    """User names and password hashes; the folder is made when there is none.

    Raises:
        StoreError: The folder cannot be used, or its file is broken.
    """
    with _translated("read"):
        (folder / "oscore").mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / _ACCOUNTS
        return _users_in(path.read_bytes()) if path.exists() else {}


def write_users(folder: Path, users: Mapping[str, str]) -> None:
    """Replace the file that says who may connect.

    Raises:
        StoreError: It could not be written; the old one is still there.
    """
    with _translated("written"):
        text = json.dumps({"version": 1, "users": dict(users)}, indent=1)
        with tempfile.TemporaryDirectory(dir=folder) as draft:
            _write(Path(draft) / _ACCOUNTS, text)
            (Path(draft) / _ACCOUNTS).replace(folder / _ACCOUNTS)
        _sync_folder(folder)


def write_context(folder: Path, credentials: Credentials) -> None:
    """Write an OSCORE context as aiocoap's FilesystemSecurityContext reads it.

    Seen from the runtime: its sender is the appliance's recipient.

    Raises:
        StoreError: It could not be written.
    """
    with _translated("written"):
        draft = Path(tempfile.mkdtemp(dir=folder.parent))
        settings = {
            "sender-id_hex": credentials.recipient_id.hex(),
            "recipient-id_hex": credentials.sender_id.hex(),
        }
        secret = {
            "secret_hex": credentials.master_secret.hex(),
            "salt_hex": credentials.master_salt.hex(),
        }
        _write(draft / "settings.json", json.dumps(settings))
        _write(draft / "secret.json", json.dumps(secret))
        _sync_folder(draft)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
        _sync_folder(folder.parent)


def remove_context(folder: Path) -> None:
    """Delete an OSCORE context.

    Raises:
        StoreError: Some of it is still there.
    """
    with _translated("removed"):
        shutil.rmtree(folder)


def _users_in(text: bytes) -> dict[str, str]:
    kept = json.loads(text)
    if not isinstance(kept, dict) or kept.get("version") != 1:
        raise ValueError
    users = dict(kept["users"])
    if not all(DEVICE_ID.fullmatch(user) and _HASH.fullmatch(users[user]) for user in users):
        raise ValueError
    return users


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated(done: str) -> Iterator[None]:
    """Turn what a disk or a broken file raises into ours."""
    try:
        yield
    except OSError as error:
        message = f"credentials could not be {done}: {error.strerror}"
        raise StoreError(message) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{_ACCOUNTS} is broken: restore it, or remove it and pair again"
        raise StoreError(message) from error
