"""Remembers, outside the store's file, how far the store had come: an older copy is noticed.

Two places in one small file are written in turn, in place and authenticated: a cut while writing
spoils only the place that held the older memory, and a full disk cannot stop it.
"""

import hmac
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from edge.adapters.store.errors import RollbackError
from edge.adapters.store.sealed.atomic_file import file_errors, write_atomically
from edge.adapters.store.sealed.state import StoreState

_PLACE = 512
"""One sector, the least that a medium writes at once."""

_MAC = 32


class _Memory(msgspec.Struct, array_like=True, frozen=True):
    commit: int
    fingerprint: str


@dataclass(slots=True)
class Anchor:
    """The memory of one store.

    Attributes:
        path: Its file, best on another medium than the store's.
        key: Authenticates it.
    """

    path: Path
    key: bytes

    def require_nothing_kept(self) -> None:
        """Make the anchor of a new store, before there is one.

        Raises:
            RollbackError: There was a store once.
        """
        if self.path.exists():
            if self._newest().commit:
                detail = "it is missing"
                raise RollbackError(detail)
            return
        self.forget()

    def forget(self) -> None:
        """Remember nothing, from now on."""
        write_atomically(self.path, self._authenticated(_Memory(0, "")).ljust(2 * _PLACE, b"\0"))

    def check(self, state: StoreState) -> None:
        """Compare the store with the memory.

        Raises:
            RollbackError: The store is older than remembered, or another one.
        """
        known = self._newest()
        if state.commit < known.commit:
            detail = f"it is at commit {state.commit}, {known.commit} was seen"
            raise RollbackError(detail)
        if state.commit == known.commit and known.fingerprint not in {"", state.fingerprint}:
            detail = f"it is not the store that was seen at commit {known.commit}"
            raise RollbackError(detail)

    def advance(self, state: StoreState) -> None:
        """Remember a state that is on the medium; nothing happens if it is the newest known."""
        if state.commit <= self._newest().commit:
            return
        content = self._authenticated(_Memory(state.commit, state.fingerprint))
        with file_errors(self.path), self.path.open("r+b", buffering=0) as file:
            file.seek(self._older_place())
            file.write(content.ljust(_PLACE, b"\0"))
            os.fdatasync(file.fileno())

    def _authenticated(self, memory: _Memory) -> bytes:
        body = msgspec.msgpack.encode(memory)
        mac = hmac.digest(self.key, body, sha256)
        return len(body).to_bytes(2, "little") + body + mac

    def _newest(self) -> _Memory:
        """What is remembered.

        Raises:
            RollbackError: The anchor is missing or was not written with this store's key.
        """
        known = [memory for memory in self._memories() if memory is not None]
        if not known:
            detail = "the anchor is missing or not this store's"
            raise RollbackError(detail)
        return max(known, key=lambda memory: memory.commit)

    def _older_place(self) -> int:
        first, second = (-1 if one is None else one.commit for one in self._memories())
        return 0 if first < second else _PLACE

    def _memories(self) -> tuple[_Memory | None, _Memory | None]:
        content = self.path.read_bytes() if self.path.exists() else b""
        return self._remembered(content[:_PLACE]), self._remembered(content[_PLACE:])

    def _remembered(self, place: bytes) -> _Memory | None:
        size = int.from_bytes(place[:2], "little")
        body, mac = place[2 : 2 + size], place[2 + size : 2 + size + _MAC]
        if not size or not hmac.compare_digest(hmac.digest(self.key, body, sha256), mac):
            return None
        return msgspec.msgpack.decode(body, type=_Memory)
