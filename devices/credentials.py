"""What an appliance keeps from its pairing, in a file that only its owner may read."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


class CredentialsError(ValueError):
    """A file of credentials that cannot be used.

    Attributes:
        path: Which.
    """

    def __init__(self, path: Path, rule: str) -> None:
        super().__init__(f"{path}: {rule}")
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Oscore:
    """The OSCORE context (RFC 8613), from the appliance's point of view."""

    master_secret: bytes
    master_salt: bytes
    sender_id: bytes
    recipient_id: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who the appliance is.

    Attributes:
        device: The name that the runtime gave it.
        password: For MQTT.
        oscore: For CoAP.
        base_name: Of its SenML packs: a random URN made at pairing.
        joined: When it was paired, UTC.
    """

    device: str
    password: str
    oscore: Oscore
    base_name: str
    joined: datetime


def save_credentials(credentials: Credentials, path: Path) -> None:
    """Write the file, readable by its owner only, whole or not at all.

    Raises:
        CredentialsError: It cannot be written.
    """
    oscore = {name: value.hex() for name, value in asdict(credentials.oscore).items()}
    text = json.dumps(
        {
            "device": credentials.device,
            "password": credentials.password,
            "oscore": oscore,
            "base_name": credentials.base_name,
            "joined": credentials.joined.timestamp(),
        }
    )
    beside = path.with_name(f"{path.name}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise CredentialsError(path, f"cannot be written: {error.strerror}") from error


def load_credentials(path: Path) -> Credentials:
    """Read the file.

    Raises:
        CredentialsError: It is missing or broken.
    """
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Credentials(
            device=str(body["device"]),
            password=str(body["password"]),
            oscore=Oscore(**{name: bytes.fromhex(text) for name, text in body["oscore"].items()}),
            base_name=str(body["base_name"]),
            joined=datetime.fromtimestamp(body["joined"], UTC),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CredentialsError(path, "is not a file of credentials; pair again") from error
