"""Tells the courier whether to fetch: a function of consent and of nothing else.

The file is all that ever passes from the home's side to the process that goes out. It is written
when its content changes and only then: even how often we decide would say something.
"""

import asyncio
import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edge.domain.consent import Grants, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioning:
    """What this product was built with; the same in every home.

    Attributes:
        region: ISO 3166-1, coarse on purpose: `DE`.
        relay: Host and port of the relay that the courier goes through.
        server_name: Whom the catalogue server's certificate names.
        ca: The pinned certificate authority, PEM.
        root: The trusted `1.root.json` of the signed catalogue.
    """

    region: str
    transport: Literal["coap", "mqtt"]
    relay: str
    server_name: str
    ca: str
    root: bytes


class SubscriptionFile:
    """Keeps the `Subscription` promise over the file that the courier reads."""

    def __init__(self, path: Path, provisioning: Provisioning) -> None:
        self._path = path
        self._provisioning = provisioning

    async def follow(self, grants: Grants) -> None:
        """Bring the file up to date with the grants, off the event loop."""
        await asyncio.to_thread(write_subscription, self._path, grants, self._provisioning)


def subscription(grants: Grants, provisioning: Provisioning) -> bytes:
    """The content of the file."""
    fields = {
        "version": 1,
        "on": grants.allow_anywhere(Purpose.OFFER),
        "region": provisioning.region,
        "transport": provisioning.transport,
        "relay": provisioning.relay,
        "server_name": provisioning.server_name,
        "ca": provisioning.ca,
        "root": base64.b64encode(provisioning.root).decode(),
    }
    return json.dumps(fields, indent=1).encode()


def write_subscription(path: Path, grants: Grants, provisioning: Provisioning) -> bool:
    """Bring the file up to date, whole or not at all, durably. Blocks: call it in a thread.

    Returns:
        Whether it had to be written.
    """
    content = subscription(grants, provisioning)
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return True
