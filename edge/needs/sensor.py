"""Can this sensor be believed? Stuck, jumping, flooding and replaying are told from ordinary use.

Only the raw values are looked at, never what they mean: a doubt sets all evidence of the item
aside until it passes, and the household is told which one it is.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise


class Doubt(StrEnum):
    """Why a sensor is not believed; each a reason the household is shown."""

    STUCK = "sensor_stuck"
    JUMPING = "sensor_jumping"
    FLOODING = "sensor_flooding"
    REPLAYING = "sensor_replaying"


_STUCK_LOG_ODDS = 18.0
"""Equal values are stuck once this home's sensor would do so by chance less than once in 65
million runs; a coarse sensor, which often repeats itself, is thus given far longer."""

_FEWEST_TO_JUDGE = 40
"""Readings before a sensor's own habit of repeating itself is known."""

_JUMPY = 0.5
"""More than half of the latest readings contradict the one before: nothing can be followed."""

_JUMP_MEMORY = 0.93
"""Weight that one step back keeps: about the latest fourteen readings count."""

CLOSEST = timedelta(seconds=30)
"""Readings closer than this to the one before say nothing new and are passed over."""

_FLOOD_MOST = 240.0
"""So many too many readings, less one for each minute that passes, are a flood."""

_RING = 128
"""Values remembered for the search of a replay: more than a day of quarter hours."""

_REPLAYED = 12
"""So many equal values in a row, of which …"""

_TURNS = 4
"""… that turn up and down so often, do not come twice by chance. (Without turns they do: each new
package is used up, each counter counts, in the same steps.)"""

_REPLAY_DOUBT = timedelta(days=1)
"""How long a replay is held against the sensor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """What is remembered of one item's raw values; bounded.

    Attributes:
        latest: The newest values, oldest first, at most `_RING`.
        seen: How many values there were.
        repeats: How many were equal to the one before, apart from the present run.
        run: How often the newest value came in a row.
        jumpiness: The recent share of values that contradicted the one before.
        flood: Too many readings, in pieces.
        flood_at: When the flood was last counted.
        replayed_at: When a replay was last seen.
    """

    latest: tuple[float, ...] = ()
    seen: int = 0
    repeats: int = 0
    run: int = 0
    jumpiness: float = 0.0
    flood: float = 0.0
    flood_at: datetime | None = None
    replayed_at: datetime | None = None

    def said(self, value: float, *, at: datetime) -> "Sensor":
        """After one more value."""
        same = bool(self.latest) and value == self.latest[-1]
        latest = (*self.latest, value)[-_RING:]
        return replace(
            self,
            latest=latest,
            seen=self.seen + 1,
            run=self.run + 1 if same else 1,
            repeats=self.repeats + (0 if same or self._empty() else max(self.run - 1, 0)),
            replayed_at=at if _ends_in_replay(latest) else self.replayed_at,
        )

    def jumped(self, *, jump: bool) -> "Sensor":
        """After one more value was judged to contradict the one before, or not."""
        share = _JUMP_MEMORY * self.jumpiness + (1.0 - _JUMP_MEMORY) * jump
        return replace(self, jumpiness=share)

    def crowded(self, *, at: datetime) -> "Sensor":
        """After a value that came too soon."""
        drained = (at - self.flood_at) / timedelta(minutes=1) if self.flood_at else 0.0
        return replace(self, flood=max(self.flood - drained, 0.0) + 1.0, flood_at=at)

    def doubt(self, *, now: datetime) -> Doubt | None:
        """Why not to believe it at this instant; None when it can be believed."""
        if self._flooding(now):
            return Doubt.FLOODING
        if self.replayed_at is not None and now - self.replayed_at < _REPLAY_DOUBT:
            return Doubt.REPLAYING
        if self._stuck():
            return Doubt.STUCK
        return Doubt.JUMPING if self.jumpiness > _JUMPY else None

    def _flooding(self, now: datetime) -> bool:
        if self.flood_at is None:
            return False
        return self.flood - (now - self.flood_at) / timedelta(minutes=1) > _FLOOD_MOST

    def _empty(self) -> bool:
        """Whether it says nothing is there: an empty place says so every time."""
        return not self.latest or self.latest[-1] == 0.0

    def _stuck(self) -> bool:
        earlier = self.seen - self.run
        if earlier < _FEWEST_TO_JUDGE or self._empty():
            return False
        return (1 - self.run) * math.log((self.repeats + 1) / (earlier + 2)) > _STUCK_LOG_ODDS


def _ends_in_replay(values: tuple[float, ...]) -> bool:
    """Whether the newest values came before in the same order."""
    tail = values[-_REPLAYED:]
    if _turns(tail) < _TURNS:
        return False
    last_start = len(values) - 2 * _REPLAYED
    start = 0
    while start <= last_start:
        try:
            start = values.index(tail[0], start, last_start + 1)
        except ValueError:
            return False
        if values[start : start + _REPLAYED] == tail:
            return True
        start += 1
    return False


def _turns(values: tuple[float, ...]) -> int:
    """How often the values change direction."""
    steps = [after - before for before, after in pairwise(values) if after != before]
    return sum(before * after < 0.0 for before, after in pairwise(steps))
