"""Sealed rows in one SQLite file: keys, proofs that nothing is missing, one writer."""
