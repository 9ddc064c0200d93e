"""Sealed rows open in their own place, with their own key, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.adapters.store.errors import TamperError
from edge.adapters.store.schema import FIRST_EPOCH, Compartment
from edge.adapters.store.sealed.sealer import Sealer
from tests.adapters.store.bench import EVENTS, OFFERS, ROOTS

SEALER = Sealer(ROOTS)
LEAKY = "butter"


def sealed(plain: bytes = b"butter", *, row: int = 7) -> bytes:
    """An event row."""
    return SEALER.seal(EVENTS, row, plain, epoch=FIRST_EPOCH)


@given(st.binary(max_size=300), st.integers(0, 2**62))
def test_what_is_sealed_opens(plain: bytes, row: int) -> None:
    """Any bytes, in any row."""
    assert SEALER.unseal(EVENTS, row, sealed(plain, row=row)) == plain


def test_the_plaintext_is_nowhere_in_the_sealed_row() -> None:
    """And sealing twice gives different bytes."""
    assert LEAKY.encode() not in sealed()
    assert sealed() != sealed()


@given(st.data())
def test_one_flipped_bit_is_noticed(data: st.DataObject) -> None:
    """Wherever it is: header, nonce, content or tag."""
    damaged = bytearray(sealed())
    place = data.draw(st.integers(0, len(damaged) * 8 - 1))
    damaged[place // 8] ^= 1 << place % 8
    with pytest.raises(TamperError):
        SEALER.unseal(EVENTS, 7, bytes(damaged))


@pytest.mark.parametrize("length", [0, 2, 3, 14, 15, 30])
def test_a_cut_row_is_noticed(length: int) -> None:
    """Down to nothing."""
    with pytest.raises(TamperError):
        SEALER.unseal(EVENTS, 7, sealed()[:length])


def test_a_row_opens_in_its_own_place_only() -> None:
    """Not under another id, and not in another table of the same compartment."""
    with pytest.raises(TamperError):
        SEALER.unseal(EVENTS, 8, sealed())
    with pytest.raises(TamperError):
        SEALER.unseal(OFFERS, 7, sealed())


def test_without_its_epochs_key_a_row_stays_shut() -> None:
    """The key of another epoch does not open it."""
    renewed = Sealer(ROOTS)
    renewed.add(Compartment.CHOICES, 2, b"n" * 32)
    renewed.keep_only({**dict.fromkeys(ROOTS, FIRST_EPOCH), Compartment.CHOICES: 2})
    with pytest.raises(TamperError):
        renewed.unseal(EVENTS, 7, sealed())


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()))
def test_equal_values_have_equal_tokens(value: object) -> None:
    """1, 1.0 and True are equal in Python, and so must be found by each other."""
    twin = float(value) if isinstance(value, int) and abs(value) < 2**53 else value
    tokens = {SEALER.token(OFFERS, "sku", one, epoch=FIRST_EPOCH) for one in (value, twin)}
    assert len(tokens) == 1


def test_tokens_tell_tables_fields_and_kinds_apart() -> None:
    """The text "1" is not the number 1."""
    tokens = {
        SEALER.token(OFFERS, "sku", "1", epoch=FIRST_EPOCH),
        SEALER.token(OFFERS, "sku", 1, epoch=FIRST_EPOCH),
        SEALER.token(OFFERS, "category", "1", epoch=FIRST_EPOCH),
        SEALER.token(EVENTS, "sku", "1", epoch=FIRST_EPOCH),
    }
    assert len(tokens) == 4


def test_a_list_has_no_token() -> None:
    """What cannot be a key in an index is looked for by scanning."""
    assert SEALER.token(OFFERS, "sku", ["x"], epoch=FIRST_EPOCH) is None
