"""The built-in household: its figures, each from real data or plainly said to be assumed.

Figures marked [coop] are printed by

    python -m benchmarks.household_figures --data ../shared/data/bench/coop

from 70 Italian households over seven years (Guidotti et al., ICDM 2017). That supermarket sees
only what was bought there, so the built-in household is one of the tenth that buys there most
often: first decile of the mean interval, ninth decile of the shopping days.

Lived out, its intervals vary less than the real ones (coefficient of variation 0.2 to 0.5 against
1.0 to 1.6 [coop]): real households also buy elsewhere, more than one package, or nothing for weeks.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Staple:
    """Something the household eats and buys again.

    Attributes:
        name: As the fridge calls it.
        package: What one holds: grams, millilitres or pieces.
        days_per_package: The mean interval between purchases, in days [coop].
        meals: The share of its use at breakfast, lunch and dinner; assumed.
        whole: Whether it is used in whole pieces only.
    """

    name: str
    package: float
    days_per_package: float
    meals: tuple[float, float, float]
    whole: bool = False

    @property
    def per_day(self) -> float:
        """The household's mean use a day, as one package is bought at a time (assumed)."""
        return self.package / self.days_per_package


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Who lives there and how.

    Attributes:
        people: How many usually eat.
        staples: What the fridge watches.
        shopping_days: How many days of a week they shop, on average.
        weekdays: How the shopping days fall on the week, Monday first; shares, rounded.
        forgets: The chance that something short is not bought on a shopping day.
        reserve_days: Something is bought when it lasts for less than this many days.
        guest_day: The chance that guests come on a day.
        guests: How many come at most.
        away_after_days: The mean number of days between two holidays.
        away_days: How long a holiday is, in days.
        portion_shape: The gamma shape of a portion; its coefficient of variation is 1/√shape.
    """

    people: int
    staples: tuple[Staple, ...]
    shopping_days: float
    weekdays: tuple[float, ...]
    forgets: float
    reserve_days: float
    guest_day: float
    guests: int
    away_after_days: float
    away_days: int
    portion_shape: float


BUILT_IN = Household(
    people=3,
    # Packages are those of a German shop: butter 250 g, milk 1 l, a box of ten eggs.
    # What runs low most rarely comes first: see joining.join.
    staples=(
        Staple(name="butter", package=250, days_per_package=22.1, meals=(0.7, 0.1, 0.2)),
        Staple(name="eggs", package=10, days_per_package=13.1, meals=(0.5, 0.2, 0.3), whole=True),
        Staple(name="yogurt", package=500, days_per_package=12.2, meals=(0.6, 0.1, 0.3)),
        Staple(name="cheese", package=250, days_per_package=7.2, meals=(0.3, 0.2, 0.5)),
        Staple(name="milk", package=1000, days_per_package=4.4, meals=(0.7, 0.1, 0.2)),
    ),
    shopping_days=3.6,  # [coop]
    weekdays=(0.139, 0.146, 0.149, 0.149, 0.163, 0.171, 0.084),  # [coop]
    forgets=0.15,  # assumed
    reserve_days=3.0,  # assumed
    guest_day=0.07,  # assumed: twice a month
    guests=3,  # assumed
    away_after_days=170.0,  # assumed: about twice a year
    away_days=9,  # assumed
    portion_shape=2.0,  # assumed: a portion varies by 70 %
)
"""The demo's household when no file is given."""
