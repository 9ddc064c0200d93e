"""The shelf that the courier fills, read with distrust: `CatalogueShelf` over a folder.

A generation is verified once, off the event loop. A bad one is refused, named and counted, and the
last good catalogue stays in use until it expires; after that there is none.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from edge.adapters.packed_offers import PackedOffers
from edge.adapters.public_names import PublicNames
from edge.adapters.verification_apart import Verify, verify_apart
from edge.adapters.vouched import Vouched
from edge.domain.category import CategoryName
from edge.domain.offer import Catalogue, Offer
from edge.errors import UntrustedCatalogueError
from edge.wire.catalogue import decode_category

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPlace:
    """Where the shelf is, and what it is judged by.

    Attributes:
        shelf: The courier's folder: generations and `current`.
        memory: Our own folder: the last good state, and with it what counts as a rollback.
        root: The trusted 1.root.json that the product was built with.
    """

    shelf: Path
    memory: Path
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Good:
    """The last good catalogue, and every name that a pull of it may have asked for."""

    catalogue: Catalogue
    names: PublicNames
    contents: Mapping[CategoryName, str]


class SignedShelf:
    """Keeps the `CatalogueShelf` promise.

    Args:
        count: Where refusals are counted, by their dotted name; `Store.count`.
        verify: Who verifies; a process of its own.
    """

    def __init__(
        self,
        place: ShelfPlace,
        *,
        count: Callable[[str], Awaitable[None]],
        verify: Verify = verify_apart,
    ) -> None:
        self._place = place
        self._count = count
        self._verify = verify
        self._one_at_a_time = asyncio.Lock()
        self._seen: str | None = None
        self._good: _Good | None = None

    async def newest(self, *, now: datetime) -> Catalogue | None:
        """The newest catalogue whose signatures hold and that has not expired; None if none."""
        async with self._one_at_a_time:
            generation = await asyncio.to_thread(_generation, self._place.shelf)
            if generation != self._seen:
                await self._look(generation, now)
            if self._good is None:
                await self._recall(now)
        catalogue = self._good.catalogue if self._good else None
        return catalogue if catalogue and now < catalogue.expires_at else None

    @property
    def names(self) -> PublicNames | None:
        """What the good catalogue says about names; None while there is none."""
        return self._good.names if self._good else None

    async def _look(self, generation: str | None, now: datetime) -> None:
        self._seen = generation
        if generation is None:
            return
        try:
            verified = await self._verified(self._place.shelf / generation, now)
        except UntrustedCatalogueError as error:
            log.warning("catalogue.refused generation=%s attack=%s", generation, error.attack)
            await self._count(f"catalogue.refused.{error.attack.replace(' ', '_')}")
            return
        names = replace(verified.names, pulled_at=_pulled_at(generation))
        self._good = replace(verified, names=names)
        log.info("catalogue.accepted version=%d", verified.catalogue.version)

    async def _recall(self, now: datetime) -> None:
        """After a restart: the last good one, which a bad shelf must not take away."""
        kept = self._place.memory / "trusted"
        if not await asyncio.to_thread(kept.exists):
            return
        try:
            self._good = await self._verified(kept, now)
        except UntrustedCatalogueError as error:
            log.info("catalogue.kept_is_over attack=%s", error.attack)

    async def _verified(self, source: Path, now: datetime) -> _Good:
        place = self._place
        vouched = await self._verify(source, place.memory, place.root, now)
        catalogue = await asyncio.to_thread(_read, vouched, self._good)
        return _Good(catalogue=catalogue, names=vouched.names, contents=vouched.contents)


def _read(vouched: Vouched, before: _Good | None) -> Catalogue:
    """The catalogue out of its verified files, which lie in our own folder."""
    offers = PackedOffers((one, _offers(vouched, one, before)) for one in vouched.files)
    return Catalogue(
        version=vouched.version,
        digest=vouched.digest,
        expires_at=vouched.expires_at,
        offers=offers,
        counts=offers.counts,
    )


def _offers(vouched: Vouched, category: CategoryName, before: _Good | None) -> tuple[Offer, ...]:
    """What has not changed is not decoded again."""
    if before and before.contents.get(category) == vouched.contents[category]:
        return before.catalogue.offers[category]
    return decode_category(vouched.files[category].read_bytes(), category)


def _generation(shelf: Path) -> str | None:
    """Which generation is the newest; None while the courier has brought none."""
    try:
        return (shelf / "current").readlink().name
    except OSError:
        return None


def _pulled_at(generation: str) -> datetime | None:
    """The instant in the generation's name; the courier wrote it, so it proves nothing."""
    try:
        return datetime.strptime(generation[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
