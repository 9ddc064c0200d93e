"""A Merkle tree as RFC 9162 section 2.1 defines it: hashes, roots and proofs; no I/O.

Our own, because the one library for it is GPL; checked against the RFC's definitions and
verification algorithms in tests/adapters/store/test_merkle.py.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

Hash = bytes
"""SHA-256, 32 bytes."""


def leaf_hash(entry: bytes) -> Hash:
    """Of one entry; the prefix keeps a leaf from passing for a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """A tree that only grows; keeps the hash of every complete subtree."""

    def __init__(self, leaves: Iterable[Hash] = ()) -> None:
        self._levels: list[list[Hash]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: Hash) -> None:
        """Add a leaf; on average one more node gets its hash."""
        self._levels[0].append(leaf)
        level = 0
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(*self._levels[level][-2:]))
            level += 1

    def root(self, size: int | None = None) -> Hash:
        """Of the first `size` leaves; of all when None."""
        size = len(self) if size is None else size
        return self._subtree(0, size) if size else sha256().digest()

    def inclusion(self, index: int, size: int) -> list[Hash]:
        """The proof that leaf `index` is among the first `size` (section 2.1.3.1)."""
        return self._path(index, 0, size)

    def consistency(self, earlier: int, size: int) -> list[Hash]:
        """The proof that the first `earlier` leaves only grew to `size` (section 2.1.4.1)."""
        return self._subproof(earlier, 0, size, known=True) if 0 < earlier < size else []

    def _subtree(self, first: int, end: int) -> Hash:
        size = end - first
        if size & (size - 1) == 0 and first % size == 0:
            return self._levels[size.bit_length() - 1][first // size]
        middle = first + _split(size)
        return node_hash(self._subtree(first, middle), self._subtree(middle, end))

    def _path(self, index: int, first: int, end: int) -> list[Hash]:
        if end - first == 1:
            return []
        middle = first + _split(end - first)
        if index < middle:
            return [*self._path(index, first, middle), self._subtree(middle, end)]
        return [*self._path(index, middle, end), self._subtree(first, middle)]

    def _subproof(self, earlier: int, first: int, end: int, *, known: bool) -> list[Hash]:
        if earlier == end:
            return [] if known else [self._subtree(first, end)]
        middle = first + _split(end - first)
        if earlier <= middle:
            left = self._subproof(earlier, first, middle, known=known)
            return [*left, self._subtree(middle, end)]
        right = self._subproof(earlier, middle, end, known=False)
        return [*right, self._subtree(first, middle)]


def inclusion_holds(leaf: Hash, index: int, size: int, proof: Sequence[Hash], root: Hash) -> bool:
    """Whether the proof shows the leaf at `index` in the tree of that root (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and computed == root


def consistency_holds(
    earlier: int, size: int, proof: Sequence[Hash], *, earlier_root: Hash, root: Hash
) -> bool:
    """Whether the later tree begins with the earlier one (section 2.1.4.2)."""
    if earlier == size:
        return not proof and earlier_root == root
    if not 0 < earlier < size or not proof:
        return False
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    position, last = earlier - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and (old, new) == (earlier_root, root)


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)
