"""A small signed catalogue to test with, and the attacks on it as the files they would serve."""

import asyncio
import datetime as dt
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Timestamp

from cloud_stub.keys import KeyRing
from cloud_stub.public_files import PublicFiles
from cloud_stub.repository import Repository
from tests.fakes.clock import NOON

WEEK = dt.timedelta(days=7)
HEAD = "metadata/timestamp.json"

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
        self.categories: tuple[str, ...] = ("butter", "milk")

    def publish(self, *, now: dt.datetime = NOON) -> Files:
        """Publish one offer per category, a cent cheaper each time; all there is to serve."""
        self.price -= 1
        offer = documented_offer() | {"price": f"{self.price // 100}.{self.price % 100:02d}"}
        contents = {name: category_file(offer, category=name) for name in self.categories}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """What an attacker serves to a home that has the second publication already.

    Attributes:
        name: In the words of The Update Framework.
        files: Made from the first and the second publication.
        later: How much time has passed since.
    """

    name: str
    files: Callable[[World, Files, Files], Files]
    later: dt.timedelta = dt.timedelta()


def _with_head(files: Files, signer: CryptoSigner) -> Files:
    """The files under a newer head, signed by whoever this is."""
    head = Metadata[Timestamp].from_bytes(files[HEAD])
    head.signed.version += 10
    head.signatures.clear()
    head.sign(signer)
    return files | {HEAD: head.to_bytes()}


def _mixed_targets(world: World, first: Files, _: Files) -> Files:
    """A third publication whose butter is the first one's."""
    third = world.publish()
    old = next(content for name, content in first.items() if name.startswith("targets/butter/"))
    return {n: old if n.startswith("targets/butter/") else c for n, c in third.items()}


def _mixed_metadata(world: World, _: Files, second: Files) -> Files:
    """A third publication whose role for butter is the second one's, under the third one's name."""
    return world.publish() | {"metadata/3.butter.json": second["metadata/2.butter.json"]}


def _after_rotation(world: World, _: Files, __: Files) -> Files:
    """The head's key was rotated; its old key signs once more."""
    old = world.keys.signer("timestamp")
    world.keys.replace("timestamp")
    return _with_head(world.publish(), old)


ATTACKS = (
    Attack(name="rollback", files=lambda _, first, __: first),
    Attack(name="freeze", files=lambda _, __, second: second, later=WEEK),
    Attack(name="mix-and-match of files", files=_mixed_targets),
    Attack(name="mix-and-match of metadata", files=_mixed_metadata),
    Attack(
        name="endless data",
        files=lambda world, _, __: world.publish() | {HEAD: b" " * 10_000_000},
    ),
    Attack(
        name="endless data below a good head",
        files=lambda world, _, __: world.publish() | {"metadata/3.butter.json": b" " * 10_000_000},
    ),
    Attack(
        name="wrong key",
        files=lambda _, __, second: _with_head(second, CryptoSigner(Ed25519PrivateKey.generate())),
    ),
    Attack(name="old key after rotation", files=_after_rotation),
    Attack(
        name="incomplete",
        files=lambda world, _, __: {
            name: content
            for name, content in world.publish().items()
            if not name.startswith("targets/milk/")
        },
    ),
    Attack(name="malformed", files=lambda _, __, second: second | {HEAD: b"{}"}),
)


def write_generation(shelf: Path, name: str, files: Files) -> None:
    """Put files on a shelf as the courier would, without verifying anything."""
    for path, content in files.items():
        target = shelf / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    pointer = shelf / "current"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(name)


class ServedFiles(PublicFiles):
    """Stands where `PublicFiles` stands, with whatever the test serves now."""

    def __init__(self, files: Files) -> None:
        super().__init__(Path())
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
