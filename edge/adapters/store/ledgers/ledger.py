"""An append-only record whose entries can be erased while every proof stays valid.

A leaf is the hash of salt and entry. Erasing takes both away and leaves the leaf: the proofs do
not change, and without the salt nobody can find out by guessing what the entry was.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from edge.adapters.store.errors import TamperError
from edge.adapters.store.ledgers.merkle import MerkleTree, leaf_hash
from edge.adapters.store.ledgers.signed_head import SignedHead, sign_head
from edge.adapters.store.sealed.sealed_rows import SealedRows

_SALT = 16
_KEY_ROW = 1
_HEAD_ROW = 2


class LedgerName(StrEnum):
    """The home's ledgers."""

    RECEIPTS = "receipts"
    """Grants and withdrawals."""
    EGRESS = "egress"
    """What left the home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """That an entry is in a ledger; verified by `merkle.inclusion_holds`.

    Attributes:
        leaf: The entry's leaf hash.
        index: Its place, from 0.
        path: The hashes beside the way to the root.
        head: The head it was proven against.
    """

    leaf: bytes
    index: int
    path: tuple[bytes, ...]
    head: SignedHead


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    leaf: bytes
    salt: bytes | None
    content: bytes | None


class Ledger:
    """One ledger, in two tables: its entries, and its key with the last signed head."""

    def __init__(self, name: LedgerName, *, entries: SealedRows, heads: SealedRows) -> None:
        self.name = name
        self._entries = entries
        self._heads = heads
        self._tree: MerkleTree | None = None

    def append(self, entry: Mapping[str, Any]) -> int:
        """Add an entry, within the open transaction.

        Returns:
            Its index, from 0.
        """
        salt, content = os.urandom(_SALT), msgspec.json.encode(entry, order="sorted")
        kept = _Entry(leaf_hash(salt + content), salt, content)
        index = self._entries.newest_id()
        self._entries.put(index + 1, msgspec.msgpack.encode(kept))
        self._tree = None
        return index

    def erase(self, index: int) -> None:
        """Take an entry's content away, within the open transaction; its leaf stays."""
        stored = self._entries.load(index + 1)
        if stored is not None:
            leaf = _decoded(stored.packed).leaf
            self._entries.put(
                index + 1, msgspec.msgpack.encode(_Entry(leaf, None, None)), instead_of=stored
            )

    def entries(self) -> Iterator[tuple[int, dict[str, Any] | None]]:
        """Every entry with its index; None where it was erased."""
        for row, packed in self._entries.between():
            content = _decoded(packed).content
            yield row - 1, None if content is None else msgspec.json.decode(content)

    def head(self, *, at: datetime) -> SignedHead:
        """The head as of now; signed again only when the ledger has grown since."""
        last, tree = self.last_head(), self._grown()
        if last is not None and last.size == len(tree):
            return last
        with self._heads.transaction():
            head = sign_head(self._key(), ledger=self.name, size=len(tree), root=tree.root(), at=at)
            before = self._heads.load(_HEAD_ROW)
            self._heads.put(_HEAD_ROW, msgspec.msgpack.encode(head), instead_of=before)
        return head

    def last_head(self) -> SignedHead | None:
        """The last one signed; None before the first."""
        stored = self._heads.load(_HEAD_ROW)
        return msgspec.msgpack.decode(stored.packed, type=SignedHead) if stored else None

    def inclusion(self, index: int, *, at: datetime) -> InclusionProof:
        """That the entry at `index` is in the ledger.

        Raises:
            IndexError: There is no such entry.
        """
        head, tree = self.head(at=at), self._grown()
        if not 0 <= index < len(tree):
            raise IndexError(index)
        stored = self._entries.load(index + 1)
        leaf = _decoded(stored.packed).leaf if stored else b""
        path = tuple(tree.inclusion(index, head.size))
        return InclusionProof(leaf=leaf, index=index, path=path, head=head)

    def consistency(self, earlier: int, *, at: datetime) -> tuple[list[bytes], SignedHead]:
        """That the ledger only grew since it had `earlier` entries."""
        head = self.head(at=at)
        return self._grown().consistency(earlier, head.size), head

    def verify(self) -> int:
        """Check every entry against its leaf, and the last signed head.

        Returns:
            How many entries there are.

        Raises:
            TamperError: Something does not fit.
        """
        for row, packed in self._entries.between():
            kept = _decoded(packed)
            if kept.content is not None and kept.leaf != leaf_hash(
                (kept.salt or b"") + kept.content
            ):
                place = f"ledger {self.name}, entry {row - 1}"
                raise TamperError(place)
        tree, head = self._grown(), self.last_head()
        if head and (
            head.size > len(tree) or head.root != tree.root(head.size) or not head.holds()
        ):
            place = f"ledger {self.name}, its signed head"
            raise TamperError(place)
        return len(tree)

    def reload(self) -> None:
        """Read the entries again: after a commit was undone or the key destroyed."""
        self._tree = None

    def _grown(self) -> MerkleTree:
        if self._tree is None:
            self._tree = MerkleTree(_decoded(packed).leaf for _, packed in self._entries.between())
        return self._tree

    def _key(self) -> Ed25519PrivateKey:
        """This ledger's signing key; made with its first head, within the open transaction."""
        stored = self._heads.load(_KEY_ROW)
        if stored is not None:
            return Ed25519PrivateKey.from_private_bytes(stored.packed)
        key = Ed25519PrivateKey.generate()
        self._heads.put(_KEY_ROW, key.private_bytes_raw())
        return key


def _decoded(packed: bytes) -> _Entry:
    return msgspec.msgpack.decode(packed, type=_Entry)
