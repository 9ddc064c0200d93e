"""What a Mosquitto of ours is told: its configuration, its passwords and its ACL, all 0600."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path

from edge.adapters.local import acl
from edge.adapters.local.accounts import mosquitto_hash
from edge.adapters.local.broker_limits import (
    BYTES_MOST,
    EXPIRY_DAYS,
    PACKET_MOST,
    SESSIONS_MOST,
    WINDOW,
)

CONFIGURATION = "mosquitto.conf"
_PASSWORDS = "passwords"
_ACL = "acl"

MEMORY_MOST = 64 * 1024 * 1024
"""Bytes. Mosquitto cannot bound what an unpaired appliance leaves retained, only the whole."""

QUEUED_MOST = 10_000
"""Messages for one session. Mosquitto acknowledges first and drops beyond this: it must not happen
to the runtime, and Mosquitto cannot make appliances wait as the embedded broker does."""

_SALT_BYTES = 12
"""As mosquitto_passwd makes them."""


def write_configuration(folder: Path, *, host: str, port: int) -> None:
    """Write how the broker is to run, with the bounds of the embedded one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / CONFIGURATION, _configuration(folder, host, port))


def write_accounts(folder: Path, users: Mapping[str, str], *, password: str) -> None:
    """Write who may connect and what each may say and hear.

    Args:
        folder: Where the configuration is.
        users: The paired appliances with their password hashes.
        password: The runtime's own.
    """
    own = {acl.RUNTIME: password, acl.PAIRING: acl.PAIRING}
    hashes = {
        user: mosquitto_hash(said, salt=os.urandom(_SALT_BYTES)) for user, said in own.items()
    }
    lines = [f"{user}:{kept}" for user, kept in {**users, **hashes}.items()]
    _write(folder / _PASSWORDS, "\n".join((*lines, "")))
    _write(folder / _ACL, acl.mosquitto_acl(users))


def _configuration(folder: Path, host: str, port: int) -> str:
    settings = {
        "listener": f"{port} {host}",
        "allow_anonymous": "false",
        "password_file": folder / _PASSWORDS,
        "acl_file": folder / _ACL,
        "user": pwd.getpwuid(os.geteuid()).pw_name,
        "persistence": "true",
        "persistence_location": f"{folder}/",
        "persistent_client_expiration": f"{EXPIRY_DAYS}d",
        "max_connections": SESSIONS_MOST,
        "max_packet_size": PACKET_MOST,
        "max_inflight_messages": WINDOW,
        "max_queued_messages": QUEUED_MOST,
        "max_queued_bytes": BYTES_MOST,
        "memory_limit": MEMORY_MOST,
        "set_tcp_nodelay": "true",
        "connection_messages": "false",
        "log_dest": "stderr",
        "log_type": "error",
    }
    return "".join(f"{name} {value}\n" for name, value in settings.items())


def _write(path: Path, text: str) -> None:
    """Replace a file; it is never readable by others and never half written."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)
