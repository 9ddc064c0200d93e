"""What is known of a consumable before this home has said anything: how long a package lasts.

Groceries and household supplies: the median over households of each household's median days
between two purchases, and the spread of its logarithm over households, in the 70 Italian
households of the coop set (Guidotti et al., ICDM 2017), seven years, households with at least
five purchases; computed 2026-11 by benchmarks/fit_needs.py. Purchases elsewhere are invisible
there, so the days are rather too long; the spread is wide enough to say so.
"""

from dataclasses import dataclass

from edge.domain.category import CATEGORIES, CategoryName, DataCategory


@dataclass(frozen=True, slots=True)
class Prior:
    """A public guess.

    Attributes:
        days: How long one package lasts, the median household.
        spread: The standard deviation of its logarithm over households.
        package: What a package holds where the appliance does not say, in the item's unit.
    """

    days: float
    spread: float
    package: float | None = None

    @property
    def shape(self) -> float:
        """The shape of the gamma distribution of rates that has about this spread."""
        return 1.0 / self.spread**2


_MEASURED = {
    "butter": (39, 0.89),
    "milk": (9, 1.1),
    "cheese": (21, 0.95),
    "eggs": (24, 1.01),
    "cream": (52, 1.01),
    "bread": (13, 1.29),
    "yogurt": (14, 1.06),
    "juice": (22, 1.04),
    "coffee": (31, 0.92),
    "tea": (75, 1.0),
    "pasta": (19, 0.93),
    "rice": (70, 0.87),
    "flour": (41, 0.89),
    "sugar": (31, 0.9),
    "biscuits": (22, 1.1),
    "water": (13, 0.92),
    "laundry-detergent": (70, 0.9),
    "dish-detergent": (42, 0.84),
    "toilet-paper": (57, 0.99),
    "kitchen-roll": (75, 0.84),
    "toothpaste": (93, 0.76),
}
"""Category: (days, spread); the coop segments of the same name. Tea stands on 34 households'
ready-made tea and vinegar-like slow goods and is rounded."""

_ASSUMED = {
    DataCategory.GROCERIES: Prior(30.0, 1.1),
    DataCategory.HOUSEHOLD: Prior(60.0, 1.0),
    DataCategory.APPLIANCE_CARE: Prior(60.0, 0.8),
    DataCategory.BOOKS: Prior(12.0, 1.0, 300.0),
}
"""Where nothing was measured: middle of the measured groceries and supplies; the one to three
months that makers print on filters and descalers; a 300-page book at 25 pages a day. These are
assumptions, and wide ones."""


def prior_for(category: CategoryName) -> Prior:
    """The public guess for a category: its own where measured, else its kind's."""
    if category in _MEASURED:
        return Prior(*_MEASURED[category])
    return _ASSUMED[CATEGORIES[category].data]
