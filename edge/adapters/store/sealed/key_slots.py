"""The root keys, each wrapped by the one key from outside: a slot per compartment and epoch.

Destroying a slot destroys all that its key sealed. A compartment gets a new epoch before its old
one goes, so there is never a moment without a key, and none is ever made in silence.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from edge.adapters.store.errors import KeyRefusedError
from edge.adapters.store.schema import FIRST_EPOCH, Compartment
from edge.adapters.store.sealed.atomic_file import write_atomically
from edge.adapters.store.sealed.key_source import KEY_BYTES

_NONCE = 12

Roots = dict[Compartment, dict[int, bytes]]
"""Root keys by compartment and epoch."""


class KeySlots:
    """The slot file, opened with its wrapping key."""

    def __init__(self, path: Path, key: bytes, roots: Roots) -> None:
        self._path = path
        self._wrap = ChaCha20Poly1305(key)
        self.roots = roots

    @classmethod
    def create(cls, path: Path, key: bytes) -> "KeySlots":
        """A first epoch for every compartment."""
        slots = cls(path, key, {one: {FIRST_EPOCH: os.urandom(KEY_BYTES)} for one in Compartment})
        slots.save()
        return slots

    @classmethod
    def open(cls, path: Path, key: bytes) -> "KeySlots":
        """The slots as they are.

        Raises:
            KeyRefusedError: The file is missing or damaged, or the key is not the one.
        """
        slots = cls(path, key, {})
        try:
            wrapped = msgspec.json.decode(
                path.read_bytes(), type=dict[Compartment, dict[int, bytes]]
            )
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise KeyRefusedError(path.name, "is missing or damaged") from error
        slots.roots = {
            compartment: {
                epoch: slots._unwrapped(compartment, epoch, w) for epoch, w in each.items()
            }
            for compartment, each in wrapped.items()
        }
        return slots

    def add_epoch(self, compartment: Compartment) -> int:
        """A new root key for a compartment, beside the old ones, on disk.

        Returns:
            Its epoch.
        """
        epoch = max(self.roots[compartment]) + 1
        self.roots[compartment][epoch] = os.urandom(KEY_BYTES)
        self.save()
        return epoch

    def keep_only(self, epochs: Mapping[Compartment, int]) -> None:
        """Destroy every key but these."""
        kept = {one: {epoch: self.roots[one][epoch]} for one, epoch in epochs.items()}
        if kept != self.roots:
            self.roots = kept
            self.save()

    def rewrap(self, key: bytes) -> None:
        """Wrap all slots with another key; no data are touched."""
        self._wrap = ChaCha20Poly1305(key)
        self.save()

    def save(self) -> None:
        """Write the slot file; once it is in its place, overwrite the one it replaces.

        On flash the old blocks may live on until they are reused, which only a key outside the
        medium can help.
        """
        wrapped = {
            one.value: {str(epoch): self._wrapped(one, epoch, root) for epoch, root in each.items()}
            for one, each in self.roots.items()
        }
        content = msgspec.json.encode(wrapped)
        if not self._path.exists():
            write_atomically(self._path, content)
            return
        with self._path.open("r+b") as old:
            write_atomically(self._path, content)
            old.write(os.urandom(os.fstat(old.fileno()).st_size))
            old.flush()
            os.fsync(old.fileno())

    def _wrapped(self, compartment: Compartment, epoch: int, root: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._wrap.encrypt(nonce, root, _slot(compartment, epoch))

    def _unwrapped(self, compartment: Compartment, epoch: int, wrapped: bytes) -> bytes:
        try:
            return self._wrap.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _slot(compartment, epoch))
        except (InvalidTag, ValueError) as error:
            raise KeyRefusedError(self._path.name, "was not wrapped with this key") from error


def _slot(compartment: Compartment, epoch: int) -> bytes:
    return f"slot/{compartment.value}/{epoch}".encode()
