"""Dice that fall the same way again: a keyed hash of what is thrown for, never a random number."""

from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

_STEPS = 1 << 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Dice:
    """This home's dice: two homes throw differently, one home throws the same for a whole day.

    Attributes:
        key: Secret of this home, at most 64 bytes; nobody outside can tell how it throws.
    """

    key: bytes = field(repr=False)

    def throw(self, *words: str, day: date) -> float:
        """From 0 to below 1, evenly."""
        told = "\0".join((*words, day.isoformat())).encode()
        digest = blake2b(told, key=self.key, digest_size=8).digest()
        return int.from_bytes(digest) / _STEPS
