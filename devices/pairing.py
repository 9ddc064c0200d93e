"""An appliance's side of docs/wire/pairing.md: prove the code, open the answer. No I/O."""

import hashlib
import hmac
import json
import re
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from devices.credentials import Credentials, Oscore

SALT = b"doorstep pairing v1"
ROUNDS = 10_000
KEY_BYTES = 64
"""All three as docs/wire/pairing.md gives them."""

NONCE_BYTES = 16

ANSWER_MOST = 4096
"""Bytes: an answer holds one name and a few keys."""

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{12}")


class PairingError(Exception):
    """The runtime let nobody in: wrong code, no window, or an answer that is not its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to pair.

    Attributes:
        proving, sealing: The two halves of the key that the code gives.
        nonce: 16 bytes, never used before.
        manifest: The Thing Description's JSON text.
    """

    proving: bytes
    sealing: bytes
    nonce: bytes
    manifest: str

    @classmethod
    def with_code(cls, code: str, manifest: Mapping[str, Any], *, nonce: bytes) -> Self:
        """An attempt with the code as a person typed it.

        Raises:
            PairingError: It cannot be a code.
        """
        typed = code.replace("-", "").replace(" ", "").upper()
        if not _CODE.fullmatch(typed):
            message = "a code is XXXX-XXXX-XXXX, in digits and letters without I, L, O and U"
            raise PairingError(message)
        key = hashlib.pbkdf2_hmac("sha256", typed.encode(), SALT, ROUNDS, KEY_BYTES)
        text = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
        return cls(proving=key[:32], sealing=key[32:], nonce=nonce, manifest=text)

    @property
    def proof(self) -> bytes:
        """That the appliance knows the code."""
        said = b"request" + self.nonce + self.manifest.encode()
        return hmac.digest(self.proving, said, "sha256")

    def as_json(self) -> bytes:
        """The request for MQTT."""
        body = {
            "nonce": to_base64url(self.nonce),
            "manifest": self.manifest,
            "proof": to_base64url(self.proof),
        }
        return json.dumps(body, ensure_ascii=False).encode()

    def as_cbor(self) -> bytes:
        """The request for CoAP."""
        return cbor2.dumps({"nonce": self.nonce, "manifest": self.manifest, "proof": self.proof})

    def open_json(self, answer: bytes, *, joined: datetime) -> Credentials:
        """The credentials in an answer over MQTT.

        Raises:
            PairingError: It refuses, or is not the runtime's.
        """
        sealed = _sealed(_decoded(answer, json.loads))
        return self._open(from_base64url(sealed) if isinstance(sealed, str) else b"", joined)

    def open_cbor(self, answer: bytes, *, joined: datetime) -> Credentials:
        """The credentials in an answer over CoAP.

        Raises:
            PairingError: It refuses, or is not the runtime's.
        """
        sealed = _sealed(_decoded(answer, cbor2.loads))
        return self._open(sealed if isinstance(sealed, bytes) else b"", joined)

    def _open(self, sealed: bytes, joined: datetime) -> Credentials:
        aead = ChaCha20Poly1305(self.sealing)
        try:
            opened = json.loads(aead.decrypt(bytes(12), sealed, b"answer" + self.nonce))
            return _credentials(opened, nonce=self.nonce, joined=joined)
        except (InvalidTag, ValueError, KeyError, TypeError) as error:
            message = "the answer was not sealed by a runtime that knows the code"
            raise PairingError(message) from error


def _decoded(answer: bytes, decode: Any) -> object:  # noqa: ANN401 - json.loads and cbor2.loads
    try:
        return decode(answer) if len(answer) <= ANSWER_MOST else None
    except (ValueError, cbor2.CBORDecodeError):
        return None


def _sealed(body: object) -> object:
    """The sealed part of an answer.

    Raises:
        PairingError: It has none: the runtime refused.
    """
    if not isinstance(body, dict) or "sealed" not in body:
        message = "the runtime refused: wrong code, or no window is open"
        raise PairingError(message)
    return body["sealed"]


def _credentials(opened: Mapping[str, Any], *, nonce: bytes, joined: datetime) -> Credentials:
    oscore = opened["oscore"]
    return Credentials(
        device=str(opened["device"]),
        password=str(opened["password"]),
        oscore=Oscore(
            master_secret=from_base64url(oscore["master_secret"]),
            master_salt=from_base64url(oscore["master_salt"]),
            sender_id=bytes.fromhex(oscore["sender_id"]),
            recipient_id=bytes.fromhex(oscore["recipient_id"]),
        ),
        base_name=f"{uuid.UUID(bytes=hashlib.sha256(nonce).digest()[:16], version=4).urn}/",
        joined=joined,
    )


def to_base64url(value: bytes) -> str:
    """Without padding, as the wire documents want it."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes; padding may be missing.

    Raises:
        ValueError: It is no base64url.
    """
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
