"""The other side of pairing, written from docs/wire/pairing.md without a look at ours."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from edge.wire.encoding import Encoding


class PairingAppliance:
    """Knows a code and a manifest; asks, and opens the answer."""

    def __init__(self, code: str, manifest: bytes, *, nonce: bytes = bytes(range(16))) -> None:
        plain = code.replace("-", "").upper().encode()
        self.key = hashlib.pbkdf2_hmac("sha256", plain, b"doorstep pairing v1", 10_000, 64)
        self.manifest = manifest
        self.nonce = nonce

    @property
    def proof(self) -> bytes:
        """That it knows the code."""
        return hmac.new(
            self.key[:32], b"request" + self.nonce + self.manifest, hashlib.sha256
        ).digest()

    def request(self, encoding: Encoding) -> bytes:
        """What it sends."""
        said: dict[str, Any] = {"nonce": self.nonce, "proof": self.proof}
        if encoding is Encoding.CBOR:
            return cbor2.dumps(said | {"manifest": self.manifest.decode()})
        texts = {
            name: urlsafe_b64encode(octets).rstrip(b"=").decode() for name, octets in said.items()
        }
        return json.dumps(texts | {"manifest": self.manifest.decode()}).encode()

    def opened(self, answer: bytes, encoding: Encoding) -> Any:  # noqa: ANN401  -- JSON is anything
        """What the answer says, or InvalidTag."""
        cipher = ChaCha20Poly1305(self.key[32:])
        sealed = self.sealed(answer, encoding)
        return json.loads(cipher.decrypt(bytes(12), sealed, b"answer" + self.nonce))

    def sealed(self, answer: bytes, encoding: Encoding) -> bytes:
        """The sealed bytes of an answer."""
        if encoding is Encoding.CBOR:
            return bytes(cbor2.loads(answer)["sealed"])
        text = json.loads(answer)["sealed"]
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
