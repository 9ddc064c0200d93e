"""The tree is RFC 9162's: roots by its definition, proofs by its verification."""

from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.ledgers.merkle import (
    MerkleTree,
    consistency_holds,
    inclusion_holds,
    leaf_hash,
    node_hash,
)

LEAVES = [leaf_hash(bytes((number,))) for number in range(70)]
SIZES = st.integers(1, 70)


def defined_root(leaves: list[bytes]) -> bytes:
    """Section 2.1.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(defined_root(leaves[:split]), defined_root(leaves[split:]))


def test_every_root_is_the_defined_one() -> None:
    """For each size to 70, of a tree that has grown beyond it."""
    tree = MerkleTree(LEAVES)
    for size in range(1, 71):
        assert tree.root(size) == defined_root(LEAVES[:size])


def test_the_empty_tree_and_the_prefixes_are_the_rfcs() -> None:
    """SHA-256 of nothing; 0x00 for leaves, 0x01 for nodes."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    leaf_of_nothing = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert MerkleTree().root().hex() == empty
    assert leaf_hash(b"").hex() == leaf_of_nothing


def test_every_inclusion_proof_holds_and_no_other_leaf_passes() -> None:
    """Each leaf of each size; the neighbour's leaf and place do not."""
    tree = MerkleTree(LEAVES)
    for size in range(1, 71):
        root = tree.root(size)
        for index in range(size):
            proof = tree.inclusion(index, size)
            assert inclusion_holds(LEAVES[index], index, size, proof, root)
            assert not inclusion_holds(LEAVES[index - 1], index, size, proof, root) or size == 1
            assert not inclusion_holds(LEAVES[index], index + 1, size, proof, root)


def test_every_consistency_proof_holds_for_its_roots_only() -> None:
    """Each pair of sizes."""
    tree = MerkleTree(LEAVES)
    for size in range(1, 71):
        for earlier in range(1, size + 1):
            proof = tree.consistency(earlier, size)
            roots = {"earlier_root": tree.root(earlier), "root": tree.root(size)}
            assert consistency_holds(earlier, size, proof, **roots)
            forged = {**roots, "earlier_root": LEAVES[0] if earlier > 1 else LEAVES[1]}
            assert not consistency_holds(earlier, size, proof, **forged)


@given(SIZES, st.data())
def test_a_changed_proof_does_not_hold(size: int, data: st.DataObject) -> None:
    """One hash replaced, dropped or added."""
    tree = MerkleTree(LEAVES)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion(index, size)
    changed = data.draw(
        st.sampled_from([[*proof, LEAVES[0]], proof[:-1], [leaf_hash(b"x"), *proof[1:]]])
    )
    holds = inclusion_holds(LEAVES[index], index, size, changed, tree.root(size))
    assert holds == (changed == proof)
