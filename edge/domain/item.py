"""A consumable an appliance keeps an eye on: butter in grams, a book in pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from edge.domain.category import CATEGORIES, CategoryName, DataCategory
from edge.domain.measures import Amount, DeviceId, ItemName, Unit


class EvidenceKind(StrEnum):
    """How an appliance knows about an item (`doorstep:evidence` in its manifest)."""

    LEVEL = "level"
    """The amount left: a scale, a fill sensor, pages to go."""
    USAGE = "usage"
    """A growing count of uses: wash cycles, cups."""
    EVENT = "event"
    """One in (+1) or out (-1): a barcode, a door camera."""
    PURCHASE = "purchase"
    """An amount bought: a receipt."""
    CONTEXT = "context"
    """Says nothing about an amount, but about how far to trust one: a door."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ItemId:
    """An item within the home."""

    device: DeviceId
    name: ItemName

    def __str__(self) -> str:
        return f"{self.device}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the appliance's manifest declares about one of its items.

    Attributes:
        id: Appliance and name.
        category: Its row in the public list of categories.
        titles: What people call it, by language tag: `{"de": "Butter", "en": "butter"}`.
        unit: What its readings are counted in.
        evidence: What a reading of it means.
        package: How much a full package holds, in `unit`; None when the appliance does not know.
        uses_per_package: For USAGE evidence, how many uses one package lasts; else None.
    """

    id: ItemId
    category: CategoryName
    titles: Mapping[str, str]
    unit: Unit
    evidence: EvidenceKind
    package: Amount | None = None
    uses_per_package: float | None = None

    @property
    def data(self) -> DataCategory:
        """The kind of data that a grant for this item is about."""
        return CATEGORIES[self.category].data

    def title(self, language: str) -> str:
        """What people call it in that language, else in any other."""
        return self.titles.get(language) or next(iter(self.titles.values()))
