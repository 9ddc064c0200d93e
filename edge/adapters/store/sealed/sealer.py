"""Seals one row so that it can be read, moved or replaced by nobody without the key.

ChaCha20-Poly1305, because a Pi 4 has no AES instructions (four times faster there). Random
nonces, because a counter would repeat after a restored backup; one key may seal 2**32 rows, which
is 160 years at 72,000 a day. Table, row id and key epoch are authenticated with the content.
"""

import os
from collections.abc import Mapping
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from edge.adapters.store.errors import TamperError
from edge.adapters.store.schema import Compartment, TableSpec

_CHACHA20_POLY1305 = 1
"""The cipher's number in the row header; another cipher gets another number."""

_HEADER = 3
"""Cipher (1 byte) and epoch (2 bytes)."""

_NONCE = 12
_TAG = 16
_TOKEN = 8
"""Index tokens are short: a false match costs one look, since conditions are always re-checked."""


def derived(root: bytes, purpose: str) -> bytes:
    """A key for one purpose from a root key (HKDF, RFC 5869)."""
    return HKDF(SHA256(), 32, None, f"doorstep/store/1/{purpose}".encode()).derive(root)


class _EpochKeys:
    """The keys that one root makes: for rows and for index tokens."""

    def __init__(self, root: bytes) -> None:
        self.rows = ChaCha20Poly1305(derived(root, "rows"))
        self.index = derived(root, "index")


class Sealer:
    """Rows in, sealed rows out; knows every live epoch of every compartment."""

    def __init__(self, roots: Mapping[Compartment, Mapping[int, bytes]]) -> None:
        self._keys = {
            (compartment, epoch): _EpochKeys(root)
            for compartment, epochs in roots.items()
            for epoch, root in epochs.items()
        }
        state = roots[Compartment.STATE]
        self._leaf_key = derived(state[max(state)], "leaves")

    def add(self, compartment: Compartment, epoch: int, root: bytes) -> None:
        """Learn a new epoch's key."""
        self._keys[compartment, epoch] = _EpochKeys(root)

    def keep_only(self, epochs: Mapping[Compartment, int]) -> None:
        """Forget every key but these."""
        self._keys = {place: keys for place, keys in self._keys.items() if place in epochs.items()}

    def seal(self, spec: TableSpec, row: int, plain: bytes, *, epoch: int) -> bytes:
        """Cipher, epoch, nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE)
        keys = self._keys[spec.compartment, epoch]
        sealed = keys.rows.encrypt(nonce, plain, _bound_to(spec, row, epoch))
        return bytes((_CHACHA20_POLY1305,)) + epoch.to_bytes(2, "little") + nonce + sealed

    def unseal(self, spec: TableSpec, row: int, sealed: bytes) -> bytes:
        """What was sealed.

        Raises:
            TamperError: These bytes were not sealed for this place with a key we have.
        """
        epoch = int.from_bytes(sealed[1:_HEADER], "little")
        keys = self._keys.get((spec.compartment, epoch))
        if keys is None or sealed[:1] != bytes((_CHACHA20_POLY1305,)):
            raise TamperError(_place(spec, row))
        nonce, body = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        try:
            return keys.rows.decrypt(nonce, body, _bound_to(spec, row, epoch))
        except (InvalidTag, ValueError) as error:
            raise TamperError(_place(spec, row)) from error

    def token(self, spec: TableSpec, field: str, value: object, *, epoch: int) -> bytes | None:
        """A blind index token: equal values, equal tokens; None when it cannot be indexed.

        1, 1.0 and True are equal in Python and so have one token.
        """
        if isinstance(value, str):
            text = f"s{value}"
        elif isinstance(value, int | float):
            text = f"n{float(value)!r}" if abs(value) < _EXACT else f"i{value!r}"
        elif value is None:
            text = "z"
        else:
            return None
        key = self._keys[spec.compartment, epoch].index
        named = f"{spec.number}\0{field}\0{text}".encode()
        return blake2b(named, key=key, digest_size=_TOKEN).digest()

    def leaf(self, spec: TableSpec, row: int, sealed: bytes, tokens: bytes) -> int:
        """What one row adds to the sum that proves the table whole.

        Nonce and tag stand for the content: they cannot stay the same when it changes.
        """
        named = _bound_to(spec, row, 0) + sealed[: _HEADER + _NONCE] + sealed[-_TAG:] + tokens
        digest = blake2b(named, key=self._leaf_key, digest_size=32).digest()
        return int.from_bytes(digest, "little")


_EXACT = 2**53
"""Integers up to here are floats without loss; beyond, 1 == 1.0 no longer matters."""


def _bound_to(spec: TableSpec, row: int, epoch: int) -> bytes:
    return b"%d\0%d\0%d" % (spec.number, row, epoch)


def _place(spec: TableSpec, row: int) -> str:
    return f"table {spec.number}, row {row}"
