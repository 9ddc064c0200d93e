"""The export, sealed with a passphrase, and its way back.

A restore brings back data, never consent: every grant comes back ended, and what is here already
stays as it is, so that nothing withdrawn, dismissed or forgotten since can be revived.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from edge.adapters.store.errors import KeyRefusedError, TamperError
from edge.adapters.store.export import Line
from edge.adapters.store.sealed.atomic_file import sync_folder

_MAGIC = b"doorstep-backup/1\n"
_SALT, _NONCE, _LENGTH = 16, 12, 4

_LINE_MOST = 1 << 22
"""A line is at most 4 MiB; a longer one is not ours."""

_MORE, _END = b"\x00", b"\x01"
"""What each block's seal says: there is more, or this was the last one."""


def write_backup(path: Path, lines: Iterable[Line], *, words: str) -> int:
    """Write the lines sealed, on the medium before it returns.

    Returns:
        How many lines there were.
    """
    salt, count = os.urandom(_SALT), 0
    cipher = _cipher(words, salt)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_MAGIC + salt)
        for count, line in enumerate(lines, start=1):
            file.write(_block(cipher, count, msgspec.json.encode(line), _MORE))
        file.write(_block(cipher, count + 1, b"", _END))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
    return count


def read_backup(path: Path, *, words: str) -> Iterator[Line]:
    """The lines again.

    Raises:
        KeyRefusedError: These are not the words, or not a backup.
        TamperError: The file was cut or changed.
    """
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise KeyRefusedError(path.name, "is not a backup of ours")
        cipher, number = _cipher(words, file.read(_SALT)), 1
        while True:
            length = int.from_bytes(file.read(_LENGTH), "little")
            sealed = file.read(min(length, _LINE_MOST))
            content, last = _opened(path, cipher, number, sealed)
            if last:
                return
            yield msgspec.json.decode(content, type=Line)
            number += 1


def _opened(path: Path, cipher: ChaCha20Poly1305, number: int, sealed: bytes) -> tuple[bytes, bool]:
    """A block's content, and whether it was the last."""
    for mark in (_MORE, _END):
        try:
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _named(number, mark)), (
                mark == _END
            )
        except (InvalidTag, ValueError):
            continue
    if number == 1:
        raise KeyRefusedError(path.name, "was not sealed with these words")
    place = f"backup block {number}"
    raise TamperError(place)


def _block(cipher: ChaCha20Poly1305, number: int, content: bytes, mark: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    sealed = nonce + cipher.encrypt(nonce, content, _named(number, mark))
    return len(sealed).to_bytes(_LENGTH, "little") + sealed


def _named(number: int, mark: bytes) -> bytes:
    return _MAGIC + number.to_bytes(8, "little") + mark


def _cipher(words: str, salt: bytes) -> ChaCha20Poly1305:
    kdf = Argon2id(salt=salt, length=32, iterations=2, lanes=1, memory_cost=19 * 1024)
    return ChaCha20Poly1305(kdf.derive(words.encode()))
