"""Turn a real household's purchases into a larder: full at each purchase, used up by the next.

Real purchases say when something came in, never how much, nor when it was used: so one package is
bought at a time and its use is spread evenly over the meals of the interval. What is known of this
larder is therefore the purchase days; the levels between them are assumed.
"""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise

from devices.household import BUILT_IN, Staple
from devices.larder import DAY, Change, Larder
from devices.living import MEALS, SHOPPING
from devices.purchases import Purchases

SOLD_AS: dict[str, tuple[str, ...]] = {
    "butter": ("butter",),
    "milk": ("milk", "fluid milk products"),
    "cheese": ("cheese", "cheeses", "libero servizio/formaggi*"),
    "eggs": ("eggs",),
    "yogurt": ("yogurt",),
}
"""What the data sets call the fridge's items, lower case: the sets' own need names."""


def replay(purchases: Purchases) -> Larder:
    """The larder of a real household, holding those of the fridge's items that it bought twice."""
    days = {staple.name: bought(purchases, staple.name) for staple in BUILT_IN.staples}
    last = max((bought[-1] for bought in days.values() if bought), default=0)
    life = (last // 7 + 1) * 7  # whole weeks, so that weekdays keep their place
    changes = {
        staple.name: list(_changes(staple, days[staple.name], life))
        for staple in BUILT_IN.staples
        if len(days[staple.name]) > 1
    }
    return Larder(changes, days=life)


def bought(purchases: Purchases, item: str) -> Sequence[int]:
    """The days on which any need was bought that the item stands for."""
    found = set[int]()
    for need, days in purchases.days.items():
        if any(fnmatchcase(need.lower(), pattern) for pattern in SOLD_AS[item]):
            found.update(days)
    return sorted(found)


def _changes(staple: Staple, shopped: Sequence[int], life: int) -> Iterator[Change]:
    mean = (shopped[-1] - shopped[0]) / (len(shopped) - 1)
    run_out = min(life - 1, shopped[-1] + round(mean))  # the last package lasts as long as any
    for day, end in pairwise([*shopped, run_out]):
        yield Change(hour=day * DAY + SHOPPING, amount=staple.package)
        yield from _used(staple, day, end)


def _used(staple: Staple, day: int, end: int) -> Iterator[Change]:
    """Meal by meal, from full to empty."""
    start = day * DAY + SHOPPING
    hours = [h for d in range(day, end + 1) for m in MEALS if (h := d * DAY + m) > start]
    meals = [hour for hour in hours if hour < end * DAY + SHOPPING]
    for count, hour in enumerate(meals, start=1):
        amount = staple.package * (1 - count / len(meals))
        yield Change(hour=hour, amount=float(round(amount)) if staple.whole else amount)
