"""The public list of what offers can be for, and which kind of data each belongs to.

Coarse on purpose: a category is what a need is matched by and what the catalogue is divided into;
nothing finer exists outside the home. GS1 GPC classes (8 digits) are given where two independent
public tables agree (see docs/wire/categories.md); the others keep our own name only.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

CategoryName = NewType("CategoryName", str)
"""A row of the list below: `butter`."""


class DataCategory(StrEnum):
    """What kind of data a grant is about: the second dimension of consent."""

    GROCERIES = "groceries"
    HOUSEHOLD = "household"
    APPLIANCE_CARE = "appliance_care"
    BOOKS = "books"


class Sensitivity(StrEnum):
    """How much it says about a person that a thing of this kind is needed."""

    ORDINARY = "ordinary"
    """Nothing: butter. May be seen by visitors."""
    PERSONAL = "personal"
    """What somebody reads or washes with: for those who live here."""
    INTIMATE = "intimate"
    """For one person alone; no category is so yet, and none that is may be added as ordinary."""


PERSONAL_DATA = frozenset({DataCategory.BOOKS})
PERSONAL_CATEGORIES = frozenset({"soap", "toothpaste", "toilet-paper"})


@dataclass(frozen=True, slots=True)
class Category:
    """One row: its name on the wire, the data it belongs to, its GS1 GPC class where verified."""

    name: CategoryName
    data: DataCategory
    gpc_class: str | None = None

    @property
    def sensitivity(self) -> Sensitivity:
        """How much it says about a person."""
        personal = self.data in PERSONAL_DATA or self.name in PERSONAL_CATEGORIES
        return Sensitivity.PERSONAL if personal else Sensitivity.ORDINARY


def _rows(data: DataCategory, *rows: str) -> list[Category]:
    """Rows written as `name` or `name gpc`."""
    split = (row.split() for row in rows)
    return [Category(CategoryName(name), data, *gpc) for name, *gpc in split]


CATEGORIES: dict[CategoryName, Category] = {
    category.name: category
    for category in (
        *_rows(
            DataCategory.GROCERIES,
            "butter 50131900",
            "milk 50131700",
            "cheese 50131800",
            "eggs 50132500",
            "cream 50132000",
            "bread 50181900",
            "yogurt",
            "juice",
            "coffee",
            "tea",
            "pasta",
            "rice",
            "flour",
            "sugar",
            "biscuits",
            "water",
        ),
        *_rows(
            DataCategory.HOUSEHOLD,
            "laundry-detergent",
            "dish-detergent",
            "dishwasher-salt",
            "toilet-paper",
            "kitchen-roll",
            "bin-bags",
            "toothpaste",
            "soap",
        ),
        *_rows(
            DataCategory.APPLIANCE_CARE,
            "water-filter",
            "descaler",
            "coffee-cleaning-tablets",
            "printer-ink",
            "vacuum-bags",
        ),
        *_rows(
            DataCategory.BOOKS,
            "crime-novels",
            "novels",
            "fantasy",
            "science-fiction",
            "history-books",
            "biographies",
            "travel-books",
            "cook-books",
        ),
    )
}
"""Every category, by name; a name that is not here is refused on the wire and in a catalogue."""
