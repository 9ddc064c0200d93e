"""Ids and quantities, each a type of its own, so that none can be taken for another."""

from enum import StrEnum
from typing import NewType

DeviceId = NewType("DeviceId", str)
"""A paired appliance, named by the runtime: `fridge-7f3a`."""

ItemName = NewType("ItemName", str)
"""An item within its appliance, a SenML name: `butter`."""

SurfaceName = NewType("SurfaceName", str)
"""A place on an appliance where an offer can be shown: `fridge.door`."""

GrantId = NewType("GrantId", str)
NeedId = NewType("NeedId", str)
OfferId = NewType("OfferId", str)
PlacementId = NewType("PlacementId", str)
DecisionId = NewType("DecisionId", str)

EuroCents = NewType("EuroCents", int)
"""Money is whole cents; prices never become floats."""

Amount = NewType("Amount", float)
"""How much of an item there is, in the item's own unit (see `Unit`), never negative."""

Probability = NewType("Probability", float)
"""From 0 to 1."""


class Unit(StrEnum):
    """The unit an item is counted in at home; SenML's `kg` and `m3` are converted at the border."""

    GRAM = "g"
    MILLILITRE = "ml"
    COUNT = "count"
    """Pieces, pages, cups, wash cycles: whatever the item's titles say."""


def checked_probability(value: float, name: str) -> Probability:
    """The value, if it is a probability.

    Raises:
        ValueError: It is outside 0 to 1 or not a number.
    """
    if not 0.0 <= value <= 1.0:
        message = f"{name} must be from 0 to 1"
        raise ValueError(message)
    return Probability(value)


def checked_utc(tzinfo: object, name: str) -> None:
    """Instants are aware and in UTC.

    Raises:
        ValueError: The instant has no time zone.
    """
    if tzinfo is None:
        message = f"{name} must be an aware instant in UTC"
        raise ValueError(message)
