"""A ledger's head, signed by this home: so many entries, this root, at this time.

Whoever holds an earlier head can have it proven that the ledger only grew since.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """What was signed, and the signature.

    Attributes:
        ledger: Its name.
        size: How many entries.
        root: Their Merkle root (RFC 9162).
        at: UTC.
        signer: The home's public key, Ed25519.
        signature: Over the four above.
    """

    ledger: str
    size: int
    root: bytes
    at: datetime
    signer: bytes
    signature: bytes

    def holds(self) -> bool:
        """Whether the signer signed this."""
        body = _body(self.ledger, self.size, self.root, self.at)
        try:
            Ed25519PublicKey.from_public_bytes(self.signer).verify(self.signature, body)
        except (InvalidSignature, ValueError):
            return False
        return True


def sign_head(
    key: Ed25519PrivateKey, *, ledger: str, size: int, root: bytes, at: datetime
) -> SignedHead:
    """The head, signed."""
    return SignedHead(
        ledger=ledger,
        size=size,
        root=root,
        at=at,
        signer=key.public_key().public_bytes_raw(),
        signature=key.sign(_body(ledger, size, root, at)),
    )


def _body(ledger: str, size: int, root: bytes, at: datetime) -> bytes:
    return f"doorstep/ledger/1\n{ledger}\n{size}\n{root.hex()}\n{at.isoformat()}\n".encode()
