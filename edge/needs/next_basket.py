"""What the next basket holds: earlier items by their rhythm, new ones by a public table.

Both are put into one order by probability. Without a table only earlier items are named.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edge.needs.basket_constants import NEWCOMER, PERSONAL, TABLED
from edge.needs.basket_terms import HouseholdTerms, repeat_terms, shopper

NEWEST_BASKETS = 200
"""Baskets that are looked at; older ones weigh nothing."""


class PublicItem(NamedTuple):
    """What a public table says of an item, all as log odds or logarithms.

    Attributes:
        returns: How likely somebody who once bought it buys it in a given basket.
        enters: How likely somebody who never bought it buys it in a given basket.
        popular: The share of households that ever bought it.
        repeated: How likely a buyer has bought it twice.
    """

    returns: float
    enters: float
    popular: float
    repeated: float


@dataclass(frozen=True, slots=True)
class PublicItems:
    """A public table of items.

    Attributes:
        items: Each item's row.
        newcomers: Items by their score for somebody who never bought them, best first.
    """

    items: Mapping[Hashable, PublicItem]
    newcomers: tuple[tuple[float, Hashable], ...]


def public_items(rows: Mapping[Hashable, PublicItem]) -> PublicItems:
    """The table with its newcomers in order."""
    scored = sorted(((_newcomer(row), item) for item, row in rows.items()), key=_score)
    return PublicItems(rows, tuple(scored))


def next_basket(
    baskets: Sequence[Sequence[Hashable]],
    *,
    most: int = 20,
    table: PublicItems | None = None,
    newcomers: bool = True,
) -> list[Hashable]:
    """The likeliest items of the next basket, likeliest first; nothing is known of nobody.

    Args:
        baskets: The household's baskets, oldest first.
        most: How many items to name.
        table: Public knowledge of the items; None for this household's own history alone.
        newcomers: Whether items that the household never bought may be named.
    """
    recent = [basket for basket in baskets[-NEWEST_BASKETS:] if basket]
    if not recent:
        return [item for _, item in table.newcomers[:most]] if table else []
    household = shopper(recent)
    scored = [
        (_repeat_score((*repeat_terms(item, household),), _row(item, table)), item)
        for item in household.positions
    ]
    if table and newcomers:
        scored += _unseen(household.terms, household.positions, table, most)
    return [item for _, item in sorted(scored, key=_score)[:most]]


def _row(item: Hashable, table: PublicItems | None) -> PublicItem | None:
    return table.items.get(item) if table else None


def _repeat_score(own: tuple[float, ...], row: PublicItem | None) -> float:
    """Log odds; without a row, from the household's own history alone."""
    if row is None:
        return _weighed(PERSONAL, own)
    return _weighed(TABLED, (*own, *row))


def _unseen(
    household: HouseholdTerms, seen: Mapping[Hashable, object], table: PublicItems, most: int
) -> list[tuple[float, Hashable]]:
    """The best items the household never bought; its own terms shift all of them alike."""
    bias, *weights = NEWCOMER
    shift = bias + sum(w * term for w, term in zip(weights, household, strict=False))
    unseen = ((score + shift, item) for score, item in table.newcomers if item not in seen)
    return [one for one, _ in zip(unseen, range(most), strict=False)]


def _newcomer(row: PublicItem) -> float:
    weights = NEWCOMER[1 + len(HouseholdTerms._fields) :]
    return sum(w * term for w, term in zip(weights, row, strict=True))


def _weighed(constants: Sequence[float], terms: Sequence[float]) -> float:
    bias, *weights = constants
    return bias + sum(w * term for w, term in zip(weights, terms, strict=True))


def _score(scored: tuple[float, Hashable]) -> float:
    return -scored[0]
