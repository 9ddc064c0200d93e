"""After forgetting, neither the plaintext nor a key that opens its ciphertext is anywhere."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from edge.adapters.store.document_store import DocumentStore
from edge.adapters.store.errors import TamperError
from edge.adapters.store.schema import HOUSEHOLD_SCHEMA, Compartment
from edge.adapters.store.sealed.key_slots import KeySlots
from edge.adapters.store.sealed.row_file import RowFile
from edge.adapters.store.sealed.sealer import Sealer
from edge.domain.category import DataCategory
from edge.domain.measures import GrantId
from tests.adapters.store.examples import BOOK, BUTTER, DAY, FRIDGE, NOON
from tests.adapters.store.homes import a_home, fill, told

Scope = Callable[[DocumentStore], Awaitable[None]]

ABOUT_ITEMS = {Compartment.CHOICES, Compartment.KEEP, Compartment.INFER, Compartment.OFFER}
ALL = set(Compartment) - {Compartment.STATE}

SCOPES: dict[str, tuple[Scope, set[Compartment]]] = {
    "item": (lambda store: store.forget_readings(BUTTER), {Compartment.KEEP}),
    "device": (lambda store: store.forget_appliance(FRIDGE), ABOUT_ITEMS | {Compartment.HOUSE}),
    "category": (lambda store: store.forget_category(DataCategory.GROCERIES), ABOUT_ITEMS),
    "span": (lambda store: store.forget_span(NOON - DAY, NOON + 9 * DAY), ABOUT_ITEMS),
    "everything": (lambda store: store.forget_everything(), ALL),
    "withdrawal of keeping": (
        lambda store: store.withdraw([GrantId("grant-keep")], at=NOON),
        {Compartment.KEEP, Compartment.INFER, Compartment.OFFER},
    ),
    "withdrawal of offers": (
        lambda store: store.withdraw([GrantId("grant-offer")], at=NOON),
        {Compartment.OFFER},
    ),
}


def readable(folder: Path, keys: Path) -> dict[Compartment, int]:
    """How many rows of the files in `folder` the keys in `keys` still open."""
    slots = KeySlots.open(keys / "slots.json", (keys / "key").read_bytes())
    sealer, file = Sealer(slots.roots), RowFile(folder / "store.db")
    opened = dict.fromkeys(Compartment, 0)
    for spec in HOUSEHOLD_SCHEMA:
        for row, sealed in list(file.between(spec.number, 0, 2**62)):
            try:
                sealer.unseal(spec, row, sealed)
                opened[spec.compartment] += 1
            except TamperError:
                continue
    file.close()
    return opened


@pytest.mark.parametrize("scope", SCOPES)
async def test_no_key_opens_what_was_forgotten(tmp_path: Path, scope: str) -> None:
    """Not even in a copy of the whole folder, log included, taken just before."""
    forget, gone = SCOPES[scope]
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.put_retention(await store.retention())  # writes what waits in memory
        shutil.copytree(tmp_path / "data", tmp_path / "copy")
        await forget(store)
        shutil.copytree(tmp_path / "keys", tmp_path / "keys-after")
    before = await asyncio.to_thread(readable, tmp_path / "copy", tmp_path / "keys-after")
    assert {one for one in gone if before[one]} == set()
    if scope != "everything":
        assert before[Compartment.CONSENT]


def words_in(folder: Path) -> set[bytes]:
    """The household's words that can be read in any file below."""
    content = b"".join(path.read_bytes().lower() for path in folder.rglob("*") if path.is_file())
    return {word for word in (b"butter", b"hofgut", b"fridge", b"ereader") if word in content}


@pytest.mark.parametrize("scope", SCOPES)
async def test_no_plaintext_is_anywhere(tmp_path: Path, scope: str) -> None:
    """In no file of the store, free pages, log and keys included; before forgetting neither."""
    forget, _ = SCOPES[scope]
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.put_retention(await store.retention())
        for _ in range(2):
            assert words_in(tmp_path) == set()
            await forget(store)


async def test_an_item_forgotten_leaves_the_rest(tmp_path: Path) -> None:
    """The e-reader's readings, the need and the history stay."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.forget_readings(BUTTER)
        assert await store.readings(BUTTER, since=NOON) == []
        assert len(await store.readings(BOOK, since=NOON)) == 1
        assert len(await store.needs()) == 1


async def test_a_category_forgotten_leaves_consent_and_appliances(tmp_path: Path) -> None:
    """What was kept, inferred, decided and shown about groceries goes."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.forget_category(DataCategory.GROCERIES)
        assert await store.readings(BUTTER, since=NOON) == []
        assert await store.needs() == []
        assert await store.decisions(limit=9) == []
        assert await store.standing() is None
        assert not (await store.history(since=NOON)).impressions
        assert len(await store.appliances()) == 2
        assert len(list(await store.grants(now=NOON))) == 3


async def test_a_span_forgotten_is_half_open(tmp_path: Path) -> None:
    """What was said, decided and shown at its end stays."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.forget_span(NOON, NOON + DAY)
        assert [one.time for one in await store.readings(BUTTER, since=NOON)] == [NOON + DAY]
        shown = (await store.history(since=NOON)).impressions
        assert [one.placement for one in shown] == ["p2"]
        assert await store.needs() == []


async def test_what_was_forgotten_stays_forgotten_after_a_restart(tmp_path: Path) -> None:
    """And the store is whole."""
    async with a_home(tmp_path) as store:
        await fill(store)
        await store.forget_appliance(FRIDGE)
    async with a_home(tmp_path) as store:
        await store.examine()
        assert not [line for line in await told(store) if "Hofgut" in line]
        assert len(await store.appliances()) == 1


async def test_the_overwritten_slot_file_holds_no_old_slot(tmp_path: Path) -> None:
    """Whoever kept the old file open reads noise in it."""
    async with a_home(tmp_path) as store:
        await fill(store)
        kept_open = (tmp_path / "keys" / "slots.json").open("rb", buffering=0)
        before = await asyncio.to_thread(kept_open.read)
        await store.forget_everything()
        await asyncio.to_thread(kept_open.seek, 0)
        after = await asyncio.to_thread(kept_open.read)
        kept_open.close()
    assert len(before) == len(after)
    assert not any(before[at : at + 16] in after for at in range(0, len(before) - 16, 16))
