"""Who may connect: the credentials of paired appliances, kept in one folder.

    accounts.json                MQTT user names and password hashes, 0600: the commit point
    oscore/<device>/             an OSCORE context each, as aiocoap keeps them (0700)

A context without an account is a leftover of a crash and counts for nothing.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from edge.adapters.local.credential_files import (
    DEVICE_ID,
    read_users,
    remove_context,
    write_context,
    write_users,
)
from edge.domain.measures import DeviceId
from edge.wire.pairing import Credentials

PBKDF2_ROUNDS = 101
"""Mosquitto's own default. Stretching adds nothing here: passwords are 256 random bits."""

_RUNTIME_ID = b"\x00"
"""The runtime's OSCORE id in every context; the keys differ because the master secrets do."""


class Accounts:
    """Credentials of paired appliances. Read at open; changes are written atomically.

    Broken or unwritable files raise StoreError, and nothing is changed.
    """

    def __init__(
        self, folder: Path, users: Mapping[str, str], *, random_bytes: Callable[[int], bytes]
    ) -> None:
        self._folder = folder
        self._users = dict(users)
        self._random_bytes = random_bytes
        self._changing = asyncio.Lock()
        self._nobody = mosquitto_hash(random_bytes(32).hex(), salt=random_bytes(12))

    def users(self) -> Mapping[str, str]:
        """MQTT user names, each with its hash in Mosquitto's `$7$` form (PBKDF2-SHA512)."""
        return MappingProxyType(self._users)

    def accepts(self, user: str, password: str) -> bool:
        """Whether the password is the user's; an unknown user takes as long as a wrong password."""
        kept = self._users.get(user, self._nobody)
        salt = base64.b64decode(kept.split("$")[3])
        same = hmac.compare_digest(mosquitto_hash(password, salt=salt), kept)
        return same and user in self._users

    def devices(self) -> Sequence[DeviceId]:
        """All paired appliances, by name."""
        return [DeviceId(user) for user in sorted(self._users)]

    def oscore_folder(self, device: DeviceId) -> Path | None:
        """Where its OSCORE context is kept; None when it is not paired."""
        return self._folder / "oscore" / device if device in self._users else None

    async def add(self, device: DeviceId) -> Credentials:
        """Make credentials for a new appliance.

        Raises:
            ValueError: The name is not one that the wire knows, or it is taken.
            StoreError: They could not be written.
        """
        async with self._changing:
            if not DEVICE_ID.fullmatch(device) or device in self._users:
                message = "a device id must be new and fit docs/wire/README.md"
                raise ValueError(message)
            credentials = self._new_credentials(device)
            hashed = mosquitto_hash(credentials.password, salt=self._random_bytes(12))
            await asyncio.to_thread(write_context, self._context(device), credentials)
            await self._replace_users({**self._users, device: hashed})
            return credentials

    async def remove(self, device: DeviceId) -> None:
        """Forget an appliance's credentials; nothing happens if there are none.

        Raises:
            StoreError: They could not be removed.
        """
        async with self._changing:
            users = {user: kept for user, kept in self._users.items() if user != device}
            if users != self._users:
                await self._replace_users(users)
                await asyncio.to_thread(remove_context, self._context(device))

    async def _replace_users(self, users: Mapping[str, str]) -> None:
        await asyncio.to_thread(write_users, self._folder, users)
        self._users = dict(users)

    def _context(self, device: DeviceId) -> Path:
        return self._folder / "oscore" / device

    def _new_credentials(self, device: DeviceId) -> Credentials:
        return Credentials(
            device=device,
            password=base64.urlsafe_b64encode(self._random_bytes(32)).rstrip(b"=").decode(),
            master_secret=self._random_bytes(16),
            master_salt=self._random_bytes(8),
            sender_id=self._random_bytes(4),
            recipient_id=_RUNTIME_ID,
        )


async def open_accounts(folder: Path, *, random_bytes: Callable[[int], bytes]) -> Accounts:
    """Read the accounts kept in a folder; the folder is made when there is none.

    Args:
        folder: Owned by the runtime alone.
        random_bytes: Where secrets come from: `secrets.token_bytes`.

    Raises:
        StoreError: The folder or its file cannot be used.
    """
    users = await asyncio.to_thread(read_users, folder)
    return Accounts(folder, users, random_bytes=random_bytes)


def mosquitto_hash(password: str, *, salt: bytes) -> str:
    """The password as Mosquitto 2 keeps it: `$7$rounds$salt$hash`, PBKDF2-HMAC-SHA512."""
    digest = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, PBKDF2_ROUNDS)
    encoded = (base64.b64encode(part).decode() for part in (salt, digest))
    return f"$7${PBKDF2_ROUNDS}$" + "$".join(encoded)
