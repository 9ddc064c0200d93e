"""What is left of an item, how fast it goes and when it is likely to be gone."""

from dataclasses import dataclass
from datetime import datetime

from edge.domain.item import ItemId
from edge.domain.measures import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOut:
    """The distribution of the instant at which an item runs out, by three quantiles (UTC).

    Attributes:
        earliest: One chance in ten that it is gone before this.
        likely: The median.
        latest: Nine chances in ten that it is gone before this.
    """

    earliest: datetime
    likely: datetime
    latest: datetime

    def __post_init__(self) -> None:
        """Quantiles are in order.

        Raises:
            ValueError: They are not.
        """
        if not self.earliest <= self.likely <= self.latest:
            message = "quantiles must not decrease"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockEstimate:
    """What this home's own readings say about one item, at one instant.

    Attributes:
        item: Whose stock.
        as_of: The instant the estimate is for, UTC.
        left: The amount left, in the item's unit.
        left_sd: Its standard deviation.
        rate: The use per day, in the item's unit.
        rate_sd: Its standard deviation.
        run_out: When it will be gone; None when use is too slow to say (beyond a year).
        readings: How many readings the estimate rests on.
        last_refill: When it was last restocked, as far as the readings show; UTC.
    """

    item: ItemId
    as_of: datetime
    left: Amount
    left_sd: float
    rate: float
    rate_sd: float
    run_out: RunOut | None
    readings: int
    last_refill: datetime | None
