"""What an author writes down: campaign, line item, creative, in the words of ad tech."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
"""Day 0 of every flight: a Monday, so that `from_day = 3` starts on Thursdays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A window that comes back: `days` long, every `every` days, from `from_day` on."""

    from_day: int
    days: int
    every: int

    def window(self, now: datetime) -> tuple[datetime, datetime]:
        """The running window, or the next one; half open, whole UTC days."""
        first = _MONDAY + timedelta(days=self.from_day)
        cycle = timedelta(days=self.every)
        start = first + (now - first) // cycle * cycle
        if now >= start + timedelta(days=self.days):
            start += cycle
        return start, start + timedelta(days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What is in it; 500 g, 750 ml, 40 pieces."""

    amount: float
    unit: Literal["g", "ml", "piece"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InBoth:
    """The same said in German and in English."""

    de: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A title and what is said below it."""

    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Creative:
    """One way to say it, in both languages."""

    id: str
    de: Copy
    en: Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """A product at a price, for a time; what caps count.

    Attributes:
        price, price_before, unit_price: Euros with two decimals, VAT included; the unit price per
            kilogram, litre or piece.
        conditions: What holds; `{until}` stands for the last day of the flight.
    """

    id: str
    pack: Pack
    price: str
    price_before: str
    unit_price: str
    flight: Flight
    max_per_day: int
    call_to_action: InBoth
    conditions: InBoth
    creatives: tuple[Creative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One sponsor's offers in one category; whose they are and who pays for them."""

    id: str
    sponsor: str
    payer: str
    line_items: tuple[LineItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryOffers:
    """One file of `offers/`."""

    category: str
    campaigns: tuple[Campaign, ...]

    def count(self) -> int:
        """How many offers these are: each creative is one."""
        return sum(len(item.creatives) for c in self.campaigns for item in c.line_items)
