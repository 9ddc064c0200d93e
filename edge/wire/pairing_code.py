"""The code that a person carries from one screen to the other (docs/wire/pairing.md)."""

from edge.errors import MalformedError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U, so that nobody reads a digit or a word into it."""

_LENGTH = 12
"""Characters of 5 bits: 60 random bits, more than anybody tries in five minutes or stretches
through PBKDF2 in a century."""

_MISREAD = str.maketrans("ILO", "110")


def new_code(octets: bytes) -> str:
    """A code of 60 random bits.

    Args:
        octets: 8 random bytes.
    """
    bits = int.from_bytes(octets, "big")
    return "".join(_ALPHABET[bits >> 5 * at & 31] for at in range(_LENGTH))


def shown_code(code: str) -> str:
    """A code as people read it: `XXXX-XXXX-XXXX`."""
    return "-".join(code[at : at + 4] for at in range(0, _LENGTH, 4))


def typed_code(text: str) -> str:
    """A code as somebody typed it, without dashes and spaces, in upper case.

    Raises:
        MalformedError: It cannot be a code.
    """
    code = text.replace("-", "").replace(" ", "").upper().translate(_MISREAD)
    if len(code) != _LENGTH or not set(_ALPHABET).issuperset(code):
        raise MalformedError(field="code", rule="12 letters and digits, without I, L, O, U")
    return code
