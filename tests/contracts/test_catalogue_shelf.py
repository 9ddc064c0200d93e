"""What every CatalogueShelf promises, the fake and the real one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from edge.adapters.catalogue_shelf import ShelfPlace, SignedShelf
from edge.domain.category import CategoryName
from edge.domain.offer import Catalogue
from edge.ports import CatalogueShelf
from edge.wire.catalogue import decode_category
from tests.catalogue_world import WEEK, World, category_file, documented_offer, write_generation
from tests.fakes.clock import NOON
from tests.fakes.shelf import FakeShelf

TICK = timedelta(seconds=1)

Published = tuple[CatalogueShelf, Callable[[], None]]


async def _count(event: str) -> None:
    del event


def _fake(_: Path) -> Published:
    shelf = FakeShelf()

    def publish() -> None:
        butter = CategoryName("butter")
        offers = {butter: decode_category(category_file(documented_offer()), butter)}
        version = shelf.catalogue.version + 1 if shelf.catalogue else 1
        shelf.catalogue = Catalogue(
            version=version, digest=f"{version:064x}", expires_at=NOON + WEEK, offers=offers
        )

    return shelf, publish


def _real(folder: Path) -> Published:
    world = World(folder / "cloud")
    world.publish()
    place = ShelfPlace(shelf=folder / "shelf", memory=folder / "memory", root=world.root)

    def publish() -> None:
        files = world.publish()
        write_generation(folder / "shelf", f"generation-{len(files)}-{world.price}", files)

    return SignedShelf(place, count=_count), publish


@pytest.fixture(params=[_fake, _real], ids=["fake", "real"])
def published(request: pytest.FixtureRequest, tmp_path: Path) -> Published:
    """A shelf, and what puts a newer catalogue on it."""
    make: Callable[[Path], Published] = request.param
    return make(tmp_path)


async def test_an_empty_shelf_has_no_catalogue(published: Published) -> None:
    """Before the courier brought anything there is None, and no error."""
    shelf, _ = published
    assert await shelf.newest(now=NOON) is None


async def test_what_was_published_is_found_by_category(published: Published) -> None:
    """A catalogue's offers are those that were published, each under its category."""
    shelf, publish = published
    publish()
    catalogue = await shelf.newest(now=NOON)
    assert catalogue
    assert [offer.category for offer in catalogue.offers[CategoryName("butter")]] == ["butter"]
    assert len(catalogue.digest) == 64


async def test_it_is_the_same_catalogue_until_there_is_a_newer_one(published: Published) -> None:
    """Asking twice gives an equal answer; a newer publication another version and fingerprint."""
    shelf, publish = published
    publish()
    first = await shelf.newest(now=NOON)
    assert await shelf.newest(now=NOON) == first
    publish()
    second = await shelf.newest(now=NOON)
    assert first
    assert second
    assert second.version > first.version
    assert second.digest != first.digest


async def test_a_catalogue_is_used_until_it_expires_and_no_longer(published: Published) -> None:
    """One tick before its expiry it is there; at its expiry there is None."""
    shelf, publish = published
    publish()
    catalogue = await shelf.newest(now=NOON)
    assert catalogue
    assert catalogue.expires_at == NOON + WEEK
    assert await shelf.newest(now=catalogue.expires_at - TICK) == catalogue
    assert await shelf.newest(now=catalogue.expires_at) is None
