"""The runtime's side of docs/wire/pairing.md, written for the tests from the document alone."""

import hashlib
import hmac
import json

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from devices.pairing import to_base64url

GIVEN = {
    "device": "ereader-7f3a",
    "password": "cGFzc3dvcmQ",
    "oscore": {
        "master_secret": to_base64url(bytes(range(16))),
        "master_salt": to_base64url(bytes(8)),
        "sender_id": "01",
        "recipient_id": "02",
    },
}
"""What the tests' runtime gives to whoever knows the code."""


def answer_to(code: str, nonce: bytes, manifest: str, proof: bytes) -> bytes | None:
    """The sealed answer, or None when the proof is wrong."""
    plain = code.replace("-", "").encode()
    key = hashlib.pbkdf2_hmac("sha256", plain, b"doorstep pairing v1", 10_000, 64)
    expected = hmac.digest(key[:32], b"request" + nonce + manifest.encode(), "sha256")
    if not hmac.compare_digest(expected, proof):
        return None
    aad = b"answer" + nonce
    return ChaCha20Poly1305(key[32:]).encrypt(bytes(12), json.dumps(GIVEN).encode(), aad)
