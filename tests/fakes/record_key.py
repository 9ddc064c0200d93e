"""The key that seals egress records in tests."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

RECORD_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
