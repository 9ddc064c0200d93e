"""How long readings are kept, and how finely: the household may read and change it."""

from dataclasses import dataclass

MOST_DAYS = 3_650
"""Ten years, the life of an appliance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days of age up to which readings are kept at each fineness; older ones are rolled up.

    Attributes:
        raw: As they were said.
        quarters: One stretch per quarter hour.
        hours: One per hour.
        days: One per day; older than this, they are deleted.
    """

    raw: int = 7
    quarters: int = 90
    hours: int = 400
    days: int = 730

    def __post_init__(self) -> None:
        """Each fineness ends no later than the next coarser one.

        Raises:
            ValueError: They do not, or one is out of range.
        """
        ages = (self.raw, self.quarters, self.hours, self.days)
        if not ages[0] >= 0 or not ages[-1] <= MOST_DAYS or list(ages) != sorted(ages):
            message = f"days must not fall from raw to days, and be at most {MOST_DAYS}"
            raise ValueError(message)
