"""The code: twelve letters that people read out, and forgiving ears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.errors import MalformedError
from edge.wire.pairing_code import new_code, shown_code, typed_code


@given(octets=st.binary(min_size=8, max_size=8))
def test_a_code_is_typed_as_it_is_shown(octets: bytes) -> None:
    """Any 60 bits: shown with dashes, typed with them, the same code."""
    code = new_code(octets)
    assert typed_code(shown_code(code)) == code
    assert len(code) == 12


def test_each_bit_of_sixty_changes_the_code() -> None:
    """No bit is wasted: flipping any one of the 60 gives another code."""
    codes = {new_code((1 << bit).to_bytes(8, "big")) for bit in range(60)}
    assert len(codes | {new_code(bytes(8))}) == 61


@pytest.mark.parametrize(
    "text",
    ["ABCD-EFGH-JKMN", "abcd-efgh-jkmn", "ABCDEFGHJKMN", " abcd efgh jkmn ", "ABCD-EFGH-JKMN-"],
)
def test_dashes_spaces_and_case_do_not_matter(text: str) -> None:
    """People type what they see, not what we mean."""
    assert typed_code(text) == "ABCDEFGHJKMN"


def test_letters_that_look_like_digits_are_digits() -> None:
    """I and L are 1, O is 0: the alphabet has none of them (Crockford)."""
    assert typed_code("oO1l-Ii00-0000") == "001111000000"


@pytest.mark.parametrize("text", ["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMNP", "UBCD-EFGH-JKMN", "äbcd"])
def test_what_cannot_be_a_code_is_refused(text: str) -> None:
    """Too short, too long, a letter that is in no code."""
    with pytest.raises(MalformedError, match=r"^code: "):
        typed_code(text)
