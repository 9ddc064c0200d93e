"""Ledgers only grow; what was erased cannot be read, what was proven stays proven."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from edge.adapters.store.errors import TamperError
from edge.adapters.store.ledgers.ledger import Ledger, LedgerName
from edge.adapters.store.ledgers.merkle import consistency_holds, inclusion_holds, leaf_hash
from edge.adapters.store.sealed.sealed_rows import SealedRows
from edge.adapters.store.sealed_file import SealedFile
from tests.adapters.store.bench import a_file
from tests.adapters.store.examples import DAY, NOON

MEAT = "two kilos of minced meat"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SealedFile]:
    """A home's file."""
    with a_file(tmp_path) as opened:
        yield opened


def a_ledger(file: SealedFile, entries: int = 0) -> Ledger:
    """The receipts, with some entries."""
    rows = file.database.rows
    ledger = Ledger(LedgerName.RECEIPTS, entries=rows("receipts"), heads=rows("receipts_heads"))
    with file.database.transaction():
        for number in range(entries):
            ledger.append({"number": number, "what": MEAT})
    return ledger


def test_entries_come_back_in_order(file: SealedFile) -> None:
    """With their indexes, also when read by another."""
    a_ledger(file, 3)
    assert [index for index, _ in a_ledger(file).entries()] == [0, 1, 2]


def test_a_head_is_signed_once_per_growth(file: SealedFile) -> None:
    """Asking again writes nothing; growing signs anew, with the same key."""
    ledger = a_ledger(file, 2)
    first = ledger.head(at=NOON)
    assert first.holds()
    assert ledger.head(at=NOON + DAY) == first
    grown = a_ledger(file, 1).head(at=NOON + DAY)
    assert (grown.size, grown.signer) == (3, first.signer)


@pytest.mark.parametrize("change", [{"size": 3}, {"root": bytes(32)}, {"at": NOON + DAY}])
def test_a_changed_head_does_not_hold(file: SealedFile, change: dict[str, Any]) -> None:
    """Nothing in it can be exchanged."""
    head = a_ledger(file, 2).head(at=NOON)
    assert not replace(head, **change).holds()


def test_an_entry_is_proven_to_a_third_party(file: SealedFile) -> None:
    """By its leaf, its path and a signed head."""
    proof = a_ledger(file, 9).inclusion(4, at=NOON)
    assert proof.head.holds()
    assert inclusion_holds(proof.leaf, 4, proof.head.size, proof.path, proof.head.root)


def test_growth_is_proven_against_an_earlier_head(file: SealedFile) -> None:
    """Whoever kept one can tell that nothing was taken back."""
    early = a_ledger(file, 3).head(at=NOON)
    proof, head = a_ledger(file, 4).consistency(early.size, at=NOON)
    roots = {"earlier_root": early.root, "root": head.root}
    assert consistency_holds(early.size, head.size, proof, **roots)


def test_an_erased_entry_is_gone_and_every_proof_stays(file: SealedFile) -> None:
    """The head does not change, the content is nowhere, guessing is of no use."""
    ledger = a_ledger(file, 5)
    before, proof = ledger.head(at=NOON), ledger.inclusion(2, at=NOON)
    with file.database.transaction():
        ledger.erase(2)
    again = a_ledger(file)
    assert dict(again.entries())[2] is None
    assert again.head(at=NOON) == before
    assert again.inclusion(2, at=NOON) == proof
    assert again.verify() == 5
    guess = msgspec.json.encode({"number": 2, "what": MEAT}, order="sorted")
    assert proof.leaf != leaf_hash(guess)


def test_an_entry_beyond_the_end_has_no_proof(file: SealedFile) -> None:
    """Nor one before the beginning."""
    ledger = a_ledger(file, 2)
    for index in (-1, 2):
        with pytest.raises(IndexError):
            ledger.inclusion(index, at=NOON)


def test_an_entry_exchanged_with_the_right_key_is_still_noticed(file: SealedFile) -> None:
    """Even our own program cannot rewrite what a head was signed for."""
    ledger = a_ledger(file, 3)
    ledger.head(at=NOON)
    forged = a_ledger(file, 3)
    rows: SealedRows = file.database.rows("receipts")
    other = rows.load(6)
    assert other is not None
    with file.database.transaction():
        rows.put(1, other.packed, instead_of=rows.load(1))
    forged.reload()
    with pytest.raises(TamperError):
        forged.verify()
