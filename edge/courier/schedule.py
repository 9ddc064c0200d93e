"""When the courier goes out: absolute instants, moved a little by dice of its own.

The instants follow from the seed alone. Nothing else moves them: no reading, no need, no answer of
the cloud, no restart; what is missed is missed. So the time of a pull says nothing about the home.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One instant per slot of `every`, up to `spread` to either side of its middle.

    Attributes:
        seed: This home's own dice, drawn once; so that not all homes come at once.
    """

    seed: str
    every: timedelta = timedelta(hours=4)
    spread: timedelta = timedelta(minutes=30)

    def next_after(self, instant: datetime) -> datetime:
        """The first instant of the schedule that is later."""
        slot = (instant - _EPOCH) // self.every - 1
        return next(due for due in self._from_slot(slot) if due > instant)

    def missed(self, due: datetime, now: datetime) -> bool:
        """Whether it is too late for that instant: the machine slept, and waking says something."""
        return now - due >= self.every / 2

    def _from_slot(self, first: int) -> Iterator[datetime]:
        for slot in count(first):
            dice = random.Random(f"{self.seed}:{slot}")
            middle = _EPOCH + (slot + 0.5) * self.every
            yield middle + dice.uniform(-1, 1) * self.spread
