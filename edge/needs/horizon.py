"""How far ahead a need looks, when it opens, when it closes and when it goes stale."""

from datetime import timedelta

from edge.domain.category import DataCategory
from edge.domain.item import EvidenceKind, Item

HORIZON_DAYS: dict[DataCategory, float] = {
    DataCategory.GROCERIES: 3.0,
    DataCategory.HOUSEHOLD: 7.0,
    DataCategory.APPLIANCE_CARE: 14.0,
    DataCategory.BOOKS: 2.0,
}
"""Days. Groceries: half the gap between two shopping trips of a slow household (the tenth
percentile of the coop households shops 0.6 times a week), so there is a trip before it is gone.
Household supplies are bought with a weekly trip. Filters and descalers are ordered and posted:
two weeks. A book: two evenings before the last page, early enough to choose the next."""

OPENS_AT = 0.7
"""The alert level of the purchase benchmark, where four of five alerts come true."""

CLOSES_BELOW = 0.5
"""An open need stays open until it is likelier wrong than right: no flicker on the fridge door."""

_SILENT_SENSOR: dict[DataCategory, timedelta] = {
    DataCategory.GROCERIES: timedelta(days=2),
    DataCategory.HOUSEHOLD: timedelta(days=7),
    DataCategory.APPLIANCE_CARE: timedelta(days=14),
    DataCategory.BOOKS: timedelta(days=3),
}
"""A scale speaks many times a day, a washing machine once a week, a filter when water runs; a book
left alone for three days is not about to be finished."""

_SILENT_KIND: dict[EvidenceKind, timedelta] = {
    EvidenceKind.EVENT: timedelta(days=14),
    EvidenceKind.PURCHASE: timedelta(days=60),
}
"""Nothing is said while nothing is taken or bought: silence lasts longer here."""


def stale_after(item: Item) -> timedelta:
    """For how long after its newest reading anything is known of an item."""
    return _SILENT_KIND.get(item.evidence, _SILENT_SENSOR[item.data])


FRESH_FOR = timedelta(days=1)
"""A need is inferred anew at least once a day, whatever arrives."""

FEWEST_READINGS = 3
"""One reading may be a hand on the scale, two a coincidence."""
