"""Prices in whole cents, and what a kilogram, a litre or a piece of a pack costs."""

import re
from decimal import ROUND_HALF_UP, Decimal

from cloud_stub.campaign import Pack

_PRICE = re.compile(r"(0|[1-9]\d{0,4})\.\d{2}|100000\.00")

REFERENCE = {"g": "kg", "ml": "l", "piece": "piece"}
"""The unit that a unit price refers to (PAngV Art. 5)."""

_PER_REFERENCE = {"g": 1000, "ml": 1000, "piece": 1}


def cents(price: str) -> int | None:
    """The price in cents; None when it is not written like `1.99`."""
    return int(price.replace(".", "")) if _PRICE.fullmatch(price) else None


def unit_price_cents(price_cents: int, pack: Pack) -> int:
    """What one kilogram, litre or piece costs, in cents, rounded half up."""
    per_unit = Decimal(price_cents) / Decimal(str(pack.amount)) * _PER_REFERENCE[pack.unit]
    return int(per_unit.quantize(Decimal(1), rounding=ROUND_HALF_UP))
