"""Keys are made once, wrapped, renewed and destroyed; never guessed, never made in silence."""

from pathlib import Path

import pytest

from edge.adapters.store.errors import KeyRefusedError
from edge.adapters.store.schema import Compartment
from edge.adapters.store.sealed.key_slots import KeySlots

KEY, OTHER = b"k" * 32, b"o" * 32


def test_slots_open_with_their_key(tmp_path: Path) -> None:
    """A root key per compartment, all different."""
    made = KeySlots.create(tmp_path / "slots", KEY)
    opened = KeySlots.open(tmp_path / "slots", KEY)
    roots = [root for epochs in opened.roots.values() for root in epochs.values()]
    assert opened.roots == made.roots
    assert len(set(roots)) == len(Compartment)


def test_slots_stay_shut_for_another_key(tmp_path: Path) -> None:
    """And say so clearly."""
    KeySlots.create(tmp_path / "slots", KEY)
    with pytest.raises(KeyRefusedError):
        KeySlots.open(tmp_path / "slots", OTHER)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"keep": {"1": "AAAA"}}'])
def test_a_damaged_slot_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """No key is made in its place."""
    (tmp_path / "slots").write_bytes(content)
    with pytest.raises(KeyRefusedError):
        KeySlots.open(tmp_path / "slots", KEY)


def test_slots_of_two_compartments_cannot_be_swapped(tmp_path: Path) -> None:
    """Each is wrapped for its place."""
    path = tmp_path / "slots"
    KeySlots.create(path, KEY)
    text = path.read_text(encoding="ascii")
    swapped = text.replace('"keep"', '"x"').replace('"infer"', '"keep"').replace('"x"', '"infer"')
    path.write_text(swapped, encoding="ascii")
    with pytest.raises(KeyRefusedError):
        KeySlots.open(path, KEY)


def test_slots_do_not_show_the_roots(tmp_path: Path) -> None:
    """Wrapped, not written."""
    slots = KeySlots.create(tmp_path / "slots", KEY)
    content = (tmp_path / "slots").read_bytes()
    assert slots.roots[Compartment.KEEP][1] not in content
    assert (tmp_path / "slots").stat().st_mode & 0o077 == 0


def test_a_renewed_compartment_loses_its_old_key(tmp_path: Path) -> None:
    """On disk too; the others keep theirs."""
    slots = KeySlots.create(tmp_path / "slots", KEY)
    kept = slots.roots[Compartment.CONSENT]
    epoch = slots.add_epoch(Compartment.KEEP)
    slots.keep_only({**dict.fromkeys(Compartment, 1), Compartment.KEEP: epoch})
    opened = KeySlots.open(tmp_path / "slots", KEY)
    assert list(opened.roots[Compartment.KEEP]) == [2]
    assert opened.roots[Compartment.CONSENT] == kept


def test_another_wrapping_key_leaves_the_roots(tmp_path: Path) -> None:
    """A new TPM or passphrase touches no data."""
    slots = KeySlots.create(tmp_path / "slots", KEY)
    slots.rewrap(OTHER)
    assert KeySlots.open(tmp_path / "slots", OTHER).roots == slots.roots
    with pytest.raises(KeyRefusedError):
        KeySlots.open(tmp_path / "slots", KEY)
