"""Append-only records with proofs: a Merkle tree and its signed heads."""
