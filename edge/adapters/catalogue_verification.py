"""Verifies a signed catalogue that lies in a folder, as if nobody trustworthy had put it there.

A program of its own (`verification_apart.py` starts it): asked in JSON on stdin, it prints its
verdict in JSON.

The courier verified it too, but it is the process that talks to the outside; the home trusts
signatures, not the courier. Our rollback memory moves only when a whole catalogue is good: one
that turns out bad half-way leaves no trace.
"""

import base64
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api import exceptions as tuf_errors
from tuf.api.metadata import Metadata, Signed, TargetFile, Targets
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from edge.adapters.public_names import PublicNames
from edge.adapters.vouched import Vouched, to_json
from edge.domain.category import CATEGORIES, CategoryName
from edge.errors import MalformedError, UntrustedCatalogueError
from edge.wire.catalogue import FILE_BYTES, decode_category

_TOP_LEVEL = ("root", "timestamp", "snapshot", "targets")

_LIMITS = UpdaterConfig(
    max_root_rotations=32,
    root_max_length=32 * 1024,
    timestamp_max_length=4 * 1024,
    snapshot_max_length=16 * 1024,
    targets_max_length=64 * 1024,
)
"""As docs/wire/catalogue.md has them."""

_POINTER = shutil.ignore_patterns("root.json")
"""TUF's client makes it anew; everything else is linked, for nothing is changed in place."""

_ATTACKS: tuple[tuple[type[Exception], str], ...] = (
    (tuf_errors.ExpiredMetadataError, "freeze"),
    (tuf_errors.BadVersionNumberError, "rollback"),
    (tuf_errors.UnsignedMetadataError, "wrong key"),
    (tuf_errors.LengthOrHashMismatchError, "mix-and-match"),
    (tuf_errors.DownloadLengthMismatchError, "endless data"),
    (tuf_errors.DownloadError, "incomplete"),
    (OSError, "unreadable"),
)
"""What each refusal of TUF's client is called (TUF specification, section 1.5.2)."""

_REFUSALS = (
    MalformedError,
    tuf_errors.RepositoryError,
    tuf_errors.DownloadError,
    OSError,
    ValueError,
)


def main() -> None:
    """Answer one question on stdin with one verdict on stdout."""
    asked = json.load(sys.stdin)
    try:
        vouched = verify(
            Path(asked["source"]),
            Path(asked["memory"]),
            base64.b64decode(asked["root"]),
            now=datetime.fromisoformat(asked["now"]),
        )
    except UntrustedCatalogueError as error:
        json.dump({"attack": error.attack, "detail": str(error)}, sys.stdout)
    else:
        json.dump({"vouched": to_json(vouched)}, sys.stdout)


class _Folder(FetcherInterface):
    """A repository that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = self._folder / url
        if not path.is_file():
            raise tuf_errors.DownloadHTTPError(url, 404)
        return _pieces(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(16 * 1024):
            yield piece


def verify(source: Path, memory: Path, root: bytes, *, now: datetime) -> Vouched:
    """Verify the catalogue and, if it is good, remember it. Blocks: call it in a thread.

    Args:
        source: A folder in repository layout, or an earlier `memory / "trusted"`.
        memory: Our own folder; `trusted` in it is the last good state.
        root: The trusted 1.root.json we were built with.
        now: What expiry is judged by.

    Raises:
        UntrustedCatalogueError: The signatures do not vouch for what lies there.
    """
    trying = memory / ".trying"
    shutil.rmtree(trying, ignore_errors=True)
    if (memory / "trusted").exists():
        kept = (memory / "trusted").resolve()
        shutil.copytree(kept, trying, ignore=_POINTER, copy_function=os.link)
    with _refusing():
        vouched = _verify_into(trying, source, root, now)
    _remember(memory, trying, vouched.digest)
    return replace(vouched, files=_moved(vouched.files, trying, memory / vouched.digest))


def _moved(files: Mapping[CategoryName, Path], old: Path, new: Path) -> Mapping[CategoryName, Path]:
    return {name: new / path.relative_to(old) for name, path in files.items()}


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _REFUSALS as error:
        attack = next((name for kind, name in _ATTACKS if isinstance(error, kind)), "malformed")
        raise UntrustedCatalogueError(attack, str(error)) from error


def _verify_into(trying: Path, source: Path, root: bytes, now: datetime) -> Vouched:
    updater = open_updater(_Folder(source), root, trying, now=now)
    updater.refresh()
    metadata = trying / "metadata"
    targets = {category: _target(updater, category) for category in _categories(metadata)}
    files = {category: _file(updater, trying, category, targets[category]) for category in targets}
    layers = {role: _layer(metadata, role) for role in (*_TOP_LEVEL, *targets)}
    head = (metadata / "timestamp.json").read_bytes()
    return Vouched(
        version=layers["snapshot"].version,
        digest=hashlib.sha256(head).hexdigest(),
        expires_at=min(layer.expires for layer in layers.values()),
        files=files,
        contents={category: target.hashes["sha256"] for category, target in targets.items()},
        names=_names(layers, targets),
    )


def _categories(metadata: Path) -> list[CategoryName]:
    """The delegated categories that we know; a newer one is not for us yet."""
    delegations = Metadata[Targets].from_file(str(metadata / "targets.json")).signed.delegations
    delegated = delegations.roles if delegations and delegations.roles else {}
    return [category for category in CATEGORIES if category in delegated]


def _target(updater: Updater, category: CategoryName) -> TargetFile:
    target = updater.get_targetinfo(f"{category}/offers.cbor")
    if target is None or target.length > FILE_BYTES:
        field = f"{category}/offers.cbor"
        raise MalformedError(field, f"a file of at most {FILE_BYTES} bytes")
    return target


def _file(updater: Updater, trying: Path, category: CategoryName, target: TargetFile) -> Path:
    """The category's file, fetched, of the promised size and hash, and decodable."""
    found = updater.find_cached_target(target)
    if found is None:
        # TUF's client would write into the file in place, and so into the last good state
        (trying / "targets" / quote(target.path, "")).unlink(missing_ok=True)
        found = updater.download_target(target)
    decode_category(Path(found).read_bytes(), category)
    return Path(found)


def _layer(metadata: Path, role: str) -> Signed:
    signed: Signed = Metadata.from_file(str(metadata / f"{role}.json")).signed
    return signed


def _names(layers: Mapping[str, Signed], targets: Mapping[CategoryName, TargetFile]) -> PublicNames:
    return PublicNames(
        versions={role: layer.version for role, layer in layers.items()},
        digests={
            str(category): frozenset([target.hashes["sha256"], *_earlier(target)])
            for category, target in targets.items()
        },
    )


def _earlier(target: TargetFile) -> list[str]:
    custom = target.custom if isinstance(target.custom, dict) else {}
    return [str(digest) for digest in custom.get("earlier", [])]


def _remember(memory: Path, trying: Path, digest: str) -> None:
    """Make what was tried the new trusted state: durable, and in one step."""
    kept = memory / digest
    if kept.exists():
        shutil.rmtree(trying)
        return
    for path in (trying, *trying.rglob("*")):
        if path.is_dir() or path.stat().st_nlink == 1:  # a link's bytes have been there before
            _sync(path)
    trying.rename(kept)
    pointer = memory / ".trusted.part"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(digest)
    pointer.replace(memory / "trusted")
    _sync(memory)
    for path in memory.iterdir():
        if path.is_dir() and path.name != digest and not path.is_symlink():
            shutil.rmtree(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_updater(
    fetcher: FetcherInterface, root: bytes, trusted: Path, *, now: datetime
) -> Updater:
    """TUF's client over our folder, at our time."""
    for folder in ("metadata", "targets"):
        (trusted / folder).mkdir(parents=True, exist_ok=True)
    updater = Updater(
        str(trusted / "metadata"),
        "metadata/",
        str(trusted / "targets"),
        "targets/",
        fetcher,
        _LIMITS,
        bootstrap=root,
    )
    updater._trusted_set.reference_time = now  # noqa: SLF001 - no other way to tell it the time
    return updater


if __name__ == "__main__":
    main()
