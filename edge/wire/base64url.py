"""Bytes as text in JSON: base64url without padding (RFC 4648 section 5)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def to_text(octets: bytes) -> str:
    """The only text that stands for these bytes."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes.

    Raises:
        ValueError: It is not the text that `to_text` gives: other letters, padding, stray bits.
    """
    octets = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if to_text(octets) != text:
        message = "not base64url without padding"
        raise ValueError(message)
    return octets
