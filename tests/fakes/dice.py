"""Dice that repeat: bytes that look random and are the same in every run."""

from random import Random


class SeededBytes:
    """In place of `secrets.token_bytes`."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def __call__(self, count: int) -> bytes:
        """The next so many bytes."""
        return self._random.randbytes(count)
