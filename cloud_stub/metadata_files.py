"""Versioned metadata in a folder: `7.butter.json`, the newest and the one before it."""

from datetime import datetime
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, Targets, Timestamp
from tuf.api.serialization.json import JSONSerializer

Kind = TypeVar("Kind", Root, Snapshot, Targets, Timestamp)

_KEPT = 2
"""The newest, and the one that a pull under way may still be reading."""

_COMPACT = JSONSerializer(compact=True)


class MetadataFiles:
    """The metadata of one repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def newest(self, role: str, first: Kind) -> Metadata[Kind]:
        """The role's newest metadata; before there is any, `first`, unsigned, as version 0."""
        path = self._newest_path(role)
        if path is None:
            first.version = 0
            return Metadata(first)
        return Metadata[Kind].from_bytes(path.read_bytes())

    def kept(self, role: str) -> list[Path]:
        """The versions that are still there, oldest first."""
        paths = self._folder.glob(f"*.{role}.json")
        return sorted(paths, key=lambda path: int(path.name.partition(".")[0]))

    def sign_next(
        self, role: str, metadata: Metadata[Kind], signers: list[CryptoSigner], expires: datetime
    ) -> None:
        """Write the metadata as the role's next version; the head has one name for all of them."""
        metadata.signed.version += 1
        metadata.signed.expires = expires.replace(microsecond=0)
        metadata.signatures.clear()
        for signer in signers:
            metadata.sign(signer, append=True)
        head = role == Timestamp.type
        name = f"{role}.json" if head else f"{metadata.signed.version}.{role}.json"
        write_whole(self._folder / name, metadata.to_bytes(_COMPACT))
        if role != Root.type:  # clients follow the roots one by one: they stay for ever
            for old in self.kept(role)[:-_KEPT]:
                old.unlink()

    def meta(self, role: str) -> MetaFile:
        """What the layer above says about the role's newest file: version, length, digest."""
        path = self.kept(role)[-1]
        version = int(path.name.partition(".")[0])
        return MetaFile.from_data(version, path.read_bytes(), ["sha256"])

    def _newest_path(self, role: str) -> Path | None:
        head = self._folder / f"{role}.json"
        versions = [head] if head.exists() else self.kept(role)
        return versions[-1] if versions else None


def write_whole(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)
