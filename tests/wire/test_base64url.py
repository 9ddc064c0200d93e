"""Bytes as text: one text for each bytes, and nothing else is accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.wire.base64url import to_bytes, to_text


@given(octets=st.binary(max_size=50))
def test_bytes_come_back_from_their_text(octets: bytes) -> None:
    """to_bytes(to_text(x)) = x, and the text has no padding."""
    text = to_text(octets)
    assert to_bytes(text) == octets
    assert "=" not in text


@pytest.mark.parametrize("text", ["a", "aa=", "aa==", "a+aa", "a/aa", "a aa", "ab\n", "äaaa", "ab"])
def test_another_text_for_the_same_bytes_is_refused(text: str) -> None:
    """Padding, the other alphabet, spaces and stray bits are not ours to repair."""
    with pytest.raises(ValueError):  # noqa: PT011  -- also binascii's and UnicodeError, both of it
        to_bytes(text)
