"""Puts a verified catalogue on the shelf: whole or not at all, where the runtime reads it.

`shelf/<generation>/` has the layout of the signed repository, so that the runtime verifies it as
if it had fetched it itself; `shelf/current` points at the newest.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api.metadata import Metadata, Targets

from edge.courier.pull import TARGET_NAME

_HEAD = "metadata/timestamp.json"

_KEPT = 2
"""The newest, and the one that a reader may still have open."""


def put_on_shelf(trusted: Path, categories: list[str], shelf: Path, *, now: datetime) -> bool:
    """Put what a pull verified on the shelf.

    Args:
        trusted: TUF's folder, as `pull` left it.
        categories: Those of the catalogue.
        shelf: The folder with all generations.
        now: The pull's instant; part of the generation's name.

    Returns:
        False when exactly this catalogue is there already.
    """
    head = (trusted / _HEAD).read_bytes()
    fingerprint = hashlib.sha256(head).hexdigest()[:12]
    current = shelf / "current"
    if current.is_symlink() and current.readlink().name.endswith(fingerprint):
        return False
    generation = f"{now:%Y%m%dT%H%M%SZ}-{fingerprint}"
    partial = shelf / f".{generation}.part"
    shutil.rmtree(partial, ignore_errors=True)
    for name, source in _layout(trusted, categories):
        _place(source, partial / name, before=current / name)
    _settle(partial)
    partial.rename(shelf / generation)
    _point_at(shelf, generation)
    _remove_old(shelf, generation)
    return True


def _layout(trusted: Path, categories: list[str]) -> Iterator[tuple[str, Path]]:
    """Each file's name in the repository, and where TUF's folder has it."""
    metadata = trusted / "metadata"
    yield _HEAD, trusted / _HEAD
    for root in (metadata / "root_history").glob("*.root.json"):
        yield f"metadata/{root.name}", root
    for role in ("snapshot", "targets", *categories):
        path = metadata / f"{role}.json"
        version = json.loads(path.read_bytes())["signed"]["version"]
        yield f"metadata/{version}.{role}.json", path
    for category in categories:
        yield _target(trusted, category)


def _target(trusted: Path, category: str) -> tuple[str, Path]:
    role = Metadata[Targets].from_file(str(trusted / "metadata" / f"{category}.json")).signed
    path = f"{category}/{TARGET_NAME}"
    digest = role.targets[path].hashes["sha256"]
    return f"targets/{category}/{digest}.{TARGET_NAME}", trusted / "targets" / quote(path, "")


def _place(source: Path, target: Path, *, before: Path) -> None:
    """Every name but the head's stands for the same bytes for ever: then a link is enough."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.name != "timestamp.json" and before.is_file():
        target.hardlink_to(before.resolve())
    else:
        shutil.copyfile(source, target)


def _settle(folder: Path) -> None:
    """Everything in it is on the disk before its name is."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() or path.stat().st_nlink == 1:  # a link's bytes have been there before
            _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _point_at(shelf: Path, generation: str) -> None:
    pointer = shelf / ".current.part"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(generation)
    pointer.replace(shelf / "current")
    _sync(shelf)


def _remove_old(shelf: Path, generation: str) -> None:
    folders = [path for path in shelf.iterdir() if path.is_dir() and not path.is_symlink()]
    by_age = sorted(folders, key=lambda path: (path.name == generation, path.stat().st_mtime))
    for old in by_age[:-_KEPT]:
        shutil.rmtree(old)
