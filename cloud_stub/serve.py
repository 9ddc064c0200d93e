"""Serves the catalogue from one folder, and keeps its head fresh."""

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cloud_stub.authoring import AuthoringError
from cloud_stub.clock import Clock
from cloud_stub.pki import SERVER_NAME, Pki, open_pki
from cloud_stub.public_files import PublicFiles
from cloud_stub.publication import Publisher, repository_folder
from cloud_stub.ready_file import write_ready
from cloud_stub.relay import Address
from cloud_stub.serve_coap import open_coap
from cloud_stub.serve_mqtt import RetainedCatalogue, open_mqtt

SIGN_EVERY = timedelta(hours=6)
"""A head lives for a week; a flight that starts is published at most this late."""

_SLEEP_LEAST = 0.2
"""Real seconds; however fast a demo's clock runs, signing leaves the machine some air."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where one catalogue is kept and offered.

    Attributes:
        folder: Its keys, certificates and signed files; filled on first use.
        offers: What its authors wrote.
        coap, mqtt: Where to listen; None is not at all, port 0 a free one.
    """

    folder: Path
    offers: Path
    clock: Clock
    coap: Address | None
    mqtt: Address | None


async def serve(stand: Stand, *, ready: Path | None) -> None:
    """Publish, serve and keep publishing, until cancelled.

    Raises:
        AuthoringError: The offers cannot be signed as they are.
    """
    publisher = Publisher(stand.folder, stand.offers)
    await asyncio.to_thread(publisher.publish, now=stand.clock.now())
    pki = open_pki(stand.folder / "pki", real_now=Clock().now())
    async with AsyncExitStack() as stack:
        addresses, retained = await _listen(stand, pki, stack)
        root = repository_folder(stand.folder) / "metadata" / "1.root.json"
        facts = {"server_name": SERVER_NAME, "ca": str(pki.ca), "root": str(root)}
        write_ready(ready, addresses | facts)
        await _keep_fresh(publisher, stand.clock, retained)


async def _listen(
    stand: Stand, pki: Pki, stack: AsyncExitStack
) -> tuple[dict[str, str], RetainedCatalogue | None]:
    files = PublicFiles(repository_folder(stand.folder))
    addresses: dict[str, str] = {}
    retained = None
    if stand.coap:
        port = await stack.enter_async_context(open_coap(files, pki, *stand.coap))
        addresses["coap"] = f"{stand.coap[0]}:{port}"
    if stand.mqtt:
        opening = open_mqtt(files, pki, *stand.mqtt)
        retained, port = await stack.enter_async_context(opening)
        addresses["mqtt"] = f"{stand.mqtt[0]}:{port}"
    return addresses, retained


async def _keep_fresh(
    publisher: Publisher, clock: Clock, retained: RetainedCatalogue | None
) -> None:
    while True:
        await asyncio.sleep(max(_SLEEP_LEAST, clock.real_seconds(SIGN_EVERY)))
        try:
            await asyncio.to_thread(publisher.publish, now=clock.now())
        except AuthoringError:
            log.exception("catalogue.not_published")  # what was signed before stays
        if retained:
            await retained.refresh()
