"""All the courier ever learns about the home: whether to fetch, and through which relay.

Written by the runtime as a function of consent (edge/adapters/subscription_file.py). A file that
is missing, too large or malformed means off.
"""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

_FILE_BYTES = 64 * 1024
_LOOK_SECONDS = 1.0
"""Real time between two looks at the file; a withdrawal is seen within it."""


class _Fields(msgspec.Struct, frozen=True):
    version: Literal[1]
    on: bool
    region: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
    transport: Literal["coap", "mqtt"]
    relay: Annotated[str, msgspec.Meta(pattern=r"^[^\s:]{1,253}:\d{1,5}$")]
    server_name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9.-]{1,253}$")]
    ca: Annotated[str, msgspec.Meta(min_length=1, max_length=16_384)]
    root: Annotated[str, msgspec.Meta(min_length=1, max_length=48_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Leave to fetch the catalogue, and all that is needed for it.

    Attributes:
        host, port: The relay, the only address the courier ever connects to.
        server_name: Whom the certificate must name.
        ca: The only authority whose certificates count, PEM.
        root: The trusted 1.root.json of the signed repository.
    """

    transport: Literal["coap", "mqtt"]
    host: str
    port: int
    server_name: str
    ca: str
    root: bytes


def parse_subscription(payload: bytes) -> Subscription | None:
    """The subscription; None when it is off or anything about it is not as documented."""
    try:
        fields = msgspec.json.decode(payload, type=_Fields)
        root = base64.b64decode(fields.root, validate=True)
    except (msgspec.DecodeError, ValueError):
        return None
    host, _, port = fields.relay.rpartition(":")
    if not fields.on or not 0 < int(port) < 2**16:
        return None
    return Subscription(
        transport=fields.transport,
        host=host,
        port=int(port),
        server_name=fields.server_name,
        ca=fields.ca,
        root=root,
    )


class SubscriptionFile:
    """The file, looked at once a second at most, and read when it changed."""

    def __init__(self, path: Path, *, tick: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._tick = tick
        self._look_at = float("-inf")
        self._seen: tuple[int, int] | None = None
        self._present: Subscription | None = None

    def present(self) -> Subscription | None:
        """What the file says now, or said less than a second ago."""
        if self._tick() >= self._look_at:
            self._look_at = self._tick() + _LOOK_SECONDS
            self._look()
        return self._present

    def _look(self) -> None:
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_ino)
            if seen != self._seen:
                self._present = self._read()
                self._seen = seen
        except OSError:
            self._present, self._seen = None, None

    def _read(self) -> Subscription | None:
        with self._path.open("rb") as file:
            payload = file.read(_FILE_BYTES + 1)
        return parse_subscription(payload) if len(payload) <= _FILE_BYTES else None
