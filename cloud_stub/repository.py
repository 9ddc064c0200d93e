"""The signed repository: a folder of static files, in the format of The Update Framework (TUF).

Consistent snapshots, Ed25519, one delegated role per category. Each layer holds the digest of the
one below it, so that the head (timestamp.json) pins every byte of the catalogue. Files appear in
the order in which clients rely on them, the head last: a reader never finds a name without a file.

A role is signed again when its content changed, when half of its life is over, or when the key
ring holds a newer key than the one it was signed with: so rotating a key is replacing it and
publishing, and a publication that was interrupted is mended by the next one.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from cloud_stub.keys import KeyRing
from cloud_stub.metadata_files import Kind, MetadataFiles, write_whole

LIFE = {
    "root": timedelta(days=365),
    "targets": timedelta(days=90),
    "offers": timedelta(days=90),
    "snapshot": timedelta(days=30),
    "timestamp": timedelta(days=7),
}
"""How long each stays valid; a home that is cut off keeps its offers for the last: a week."""

TOP_LEVEL = ("root", "timestamp", "snapshot", "targets")

TARGET_NAME = "offers.cbor"

EARLIER_MOST = 64
"""How many earlier digests a category remembers, so that a home can explain its past requests."""


class Repository:
    """The files below one folder: `metadata/` and `targets/`."""

    def __init__(self, folder: Path, keys: KeyRing) -> None:
        self._targets = folder / "targets"
        self._files = MetadataFiles(folder / "metadata")
        self._keys = keys

    def publish(self, files: Mapping[str, bytes], *, now: datetime) -> None:
        """Sign what needs it, and a fresh head over all.

        Args:
            files: Each category's target file.
            now: What expiry is counted from.
        """
        self._publish_root(now)
        for category, payload in sorted(files.items()):
            self._publish_category(category, payload, now)
        self._publish_targets(sorted(files), now)
        self._publish_snapshot(sorted(files), now)
        self._publish_timestamp(now)

    def _publish_root(self, now: datetime) -> None:
        root = self._files.newest("root", Root(consistent_snapshot=True))
        changed = [self._enrol(root.signed, role) for role in TOP_LEVEL]
        self._sign("root", "root", root, changed=any(changed), now=now)

    def _enrol(self, root: Root, role: str) -> bool:
        """Make the present key the role's only one; whether it was not."""
        key = self._keys.signer(role).public_key
        if root.roles[role].keyids == [key.keyid]:
            return False
        for old in tuple(root.roles[role].keyids):
            root.revoke_key(old, role)
        root.add_key(key, role)
        return True

    def _publish_category(self, category: str, payload: bytes, now: datetime) -> None:
        metadata = self._files.newest(category, Targets())
        path = f"{category}/{TARGET_NAME}"
        digest = hashlib.sha256(payload).hexdigest()
        earlier = _digests(metadata.signed.targets.get(path))
        changed = digest not in earlier[:1]
        if changed:
            write_whole(self._targets / category / f"{digest}.{TARGET_NAME}", payload)
            custom = {"custom": {"earlier": earlier[:EARLIER_MOST]}}
            target = TargetFile(len(payload), {"sha256": digest}, path, custom)
            metadata.signed.targets = {path: target}
        self._sign(category, "offers", metadata, changed=changed, now=now)
        self._remove_targets_before(category)

    def _publish_targets(self, categories: list[str], now: datetime) -> None:
        metadata = self._files.newest("targets", Targets())
        delegations = self._delegations(categories)
        changed = metadata.signed.delegations != delegations
        metadata.signed.delegations = delegations
        self._sign("targets", "targets", metadata, changed=changed, now=now)

    def _delegations(self, categories: list[str]) -> Delegations:
        key = self._keys.signer("offers").public_key
        roles = {
            name: DelegatedRole(name, [key.keyid], 1, terminating=True, paths=[f"{name}/*"])
            for name in categories
        }
        return Delegations(keys={key.keyid: key}, roles=roles)

    def _publish_snapshot(self, categories: list[str], now: datetime) -> None:
        metadata = self._files.newest("snapshot", Snapshot())
        meta = {f"{role}.json": self._files.meta(role) for role in ("targets", *categories)}
        changed = metadata.signed.meta != meta
        metadata.signed.meta = meta
        self._sign("snapshot", "snapshot", metadata, changed=changed, now=now)

    def _publish_timestamp(self, now: datetime) -> None:
        metadata = self._files.newest("timestamp", Timestamp())
        metadata.signed.snapshot_meta = self._files.meta("snapshot")
        self._sign("timestamp", "timestamp", metadata, changed=True, now=now)

    def _sign(
        self, role: str, key: str, metadata: Metadata[Kind], *, changed: bool, now: datetime
    ) -> None:
        life = LIFE[key]
        signed = self._keys.signer(key).public_key.keyid in metadata.signatures
        if changed or not signed or metadata.signed.expires - now < life / 2:
            self._files.sign_next(role, metadata, self._signers(key), now + life)

    def _signers(self, key: str) -> list[CryptoSigner]:
        """A new root is signed with the old key too: whoever knows only that one can follow."""
        return self._keys.signers(key) if key == "root" else [self._keys.signer(key)]

    def _remove_targets_before(self, category: str) -> None:
        """Keep the files that a kept version of the role names."""
        named = {
            digest
            for path in self._files.kept(category)
            for target in Metadata[Targets].from_bytes(path.read_bytes()).signed.targets.values()
            for digest in target.hashes.values()
        }
        for path in (self._targets / category).iterdir():
            if path.name.partition(".")[0] not in named:
                path.unlink()


def _digests(target: TargetFile | None) -> list[str]:
    """The file's digest and its earlier ones, newest first."""
    if target is None:
        return []
    return [target.hashes["sha256"], *target.custom["earlier"]]
