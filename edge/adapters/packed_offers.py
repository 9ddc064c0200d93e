"""A catalogue's offers, packed: each category is unpacked when a need asks for it.

A home needs one category at a time; the others would lie in memory as thousands of small objects.
"""

from collections.abc import Iterable, Iterator, Mapping
from zlib import compress, decompress

import msgspec

from edge.domain.category import CategoryName
from edge.domain.offer import Offer

_Slice = tuple[Offer, ...]
_LEVEL = 6
"""zlib's own default: a tenth of the size; a higher one gains little and takes twice as long."""


class PackedOffers(Mapping[CategoryName, _Slice]):
    """Offers by category; the one asked for last stays at hand."""

    def __init__(self, offers: Iterable[tuple[CategoryName, _Slice]]) -> None:
        self._packed: dict[CategoryName, bytes] = {}
        self.counts: dict[CategoryName, int] = {}
        for category, of_it in offers:
            self._packed[category] = compress(msgspec.msgpack.encode(of_it), _LEVEL)
            self.counts[category] = len(of_it)
        self._at_hand: tuple[CategoryName, _Slice] | None = None

    def __getitem__(self, category: CategoryName) -> _Slice:
        """Its offers, as they were packed."""
        if self._at_hand is None or self._at_hand[0] != category:
            plain = decompress(self._packed[category])
            self._at_hand = category, msgspec.msgpack.decode(plain, type=_Slice)
        return self._at_hand[1]

    def __iter__(self) -> Iterator[CategoryName]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
