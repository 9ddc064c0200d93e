"""Puts a verified catalogue on the shelf: whole or not at all, where the runtime reads it.

`shelf/<generation>/` has the layout of the signed repository, so that the runtime verifies it as
if it had fetched it itself; `shelf/current` points at the newest.
"""

import hashlib
import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from tuf.api.metadata import Metadata, Targets

from edge.courier.pull import TARGET_NAME

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
    head = (trusted / "metadata" / "timestamp.json").read_bytes()
    fingerprint = hashlib.sha256(head).hexdigest()[:12]
    current = shelf / "current"
    if current.is_symlink() and current.readlink().name.endswith(fingerprint):
        return False
    generation = f"{now:%Y%m%dT%H%M%SZ}-{fingerprint}"
    partial = shelf / f".{generation}.part"
    shutil.rmtree(partial, ignore_errors=True)
    _fill(trusted, categories, partial)
    _settle(partial)
    partial.rename(shelf / generation)
    _point_at(shelf, generation)
    _remove_old(shelf, generation)
    return True


def _fill(trusted: Path, categories: list[str], generation: Path) -> None:
    metadata = trusted / "metadata"
    for root in (metadata / "root_history").glob("*.root.json"):
        _copy(root, generation / "metadata" / root.name)
    _copy(metadata / "timestamp.json", generation / "metadata" / "timestamp.json")
    for role in ("snapshot", "targets", *categories):
        version = json.loads((metadata / f"{role}.json").read_bytes())["signed"]["version"]
        _copy(metadata / f"{role}.json", generation / "metadata" / f"{version}.{role}.json")
    for category in categories:
        _copy_target(trusted, category, generation)


def _copy_target(trusted: Path, category: str, generation: Path) -> None:
    role = Metadata[Targets].from_file(str(trusted / "metadata" / f"{category}.json")).signed
    path = f"{category}/{TARGET_NAME}"
    name = f"{role.targets[path].hashes['sha256']}.{TARGET_NAME}"
    _copy(trusted / "targets" / quote(path, ""), generation / "targets" / category / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _settle(folder: Path) -> None:
    """Everything in it is on the disk before its name is."""
    for path in (folder, *folder.rglob("*")):
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
