"""A small signed catalogue to test with, and the attacks on it, each as the files it would serve."""

import asyncio
import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Timestamp

from cloud_stub.keys import KeyRing
from cloud_stub.public_files import PublicFiles
from cloud_stub.repository import Repository

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(days=7)
TICK = dt.timedelta(seconds=1)

Files = dict[str, bytes]
Yielded = TypeVar("Yielded")


def documented_offer() -> dict[str, Any]:
    """The example of docs/wire/catalogue.md."""
    document = Path("docs/wire/catalogue.md").read_text("utf-8")
    block = re.search(r"```json\n(.*?)```", document, re.DOTALL)
    assert block
    offer: dict[str, Any] = json.loads(block[1])
    return offer


def category_file(*offers: Mapping[str, Any], category: str = "butter", **fields: object) -> bytes:
    """A target file with these offers, each moved to the category."""
    moved = [{**offer, "category": category} for offer in offers]
    return cbor2.dumps({"version": 1, "category": category, "offers": moved, **fields})


class World:
    """A repository that the test publishes to; `files()` is what a server would serve."""

    def __init__(self, folder: Path) -> None:
        self.keys = KeyRing(folder / "keys")
        self._folder = folder / "repository"
        self._repository = Repository(self._folder, self.keys)
        self.price = 199

    def publish(self, *, now: dt.datetime = NOON, categories: tuple[str, ...] = ("butter", "milk")) -> Files:
        """Publish one offer per category, each time a cent cheaper; everything there is to serve."""
        self.price -= 1
        price = f"{self.price // 100}.{self.price % 100:02d}"
        offer = documented_offer() | {"price": price}
        contents = {name: category_file(offer, category=name) for name in categories}
        self._repository.publish(contents, now=now)
        return self.files()

    def files(self) -> Files:
        """Name to bytes."""
        public = PublicFiles(self._folder)
        return {name: public.read(name) or b"" for name in public.names()}

    @property
    def root(self) -> bytes:
        """What homes are provisioned with."""
        return (self._folder / "metadata" / "1.root.json").read_bytes()


def forged_head(files: Files, signer: CryptoSigner) -> Files:
    """The files with a newer head, signed by whoever this is."""
    head = Metadata[Timestamp].from_bytes(files["metadata/timestamp.json"])
    head.signed.version += 1
    head.signatures.clear()
    head.sign(signer)
    return files | {"metadata/timestamp.json": head.to_bytes()}


def stranger() -> CryptoSigner:
    """A key that nobody trusts."""
    return CryptoSigner(Ed25519PrivateKey.generate())


def _rolled_back(world: World) -> Files:
    old = world.files()
    return old | {} if world.publish() else {}


def write_generation(shelf: Path, name: str, files: Files) -> None:
    """Put files on a shelf as the courier would, without verifying anything."""
    for path, content in files.items():
        target = shelf / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    pointer = shelf / "current"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(name)


class ServedFiles:
    """Stands where `PublicFiles` stands, with whatever the test serves now."""

    def __init__(self, files: Files) -> None:
        self.files = files

    def read(self, name: str) -> bytes | None:
        """The bytes of that name."""
        return self.files.get(name)

    def names(self) -> list[str]:
        """All names."""
        return sorted(self.files)


@contextmanager
def in_a_thread(
    opened: Callable[[], AbstractAsyncContextManager[Yielded]],
) -> Iterator[tuple[Yielded, asyncio.AbstractEventLoop]]:
    """Run a server of ours beside a test that blocks, as the courier does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="server")
    thread.start()
    context = opened()
    try:
        yield asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result(20), loop
    finally:
        leaving = context.__aexit__(None, None, None)
        asyncio.run_coroutine_threadsafe(leaving, loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()
