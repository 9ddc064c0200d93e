"""All that is remembered of one item between two readings: a bounded, frozen value.

`begin` -> `learn` per reading, `heed` per correction, both in time order -> `outlook.look`. Folding
the same readings again gives the same belief, so a late reading costs a refold and nothing else.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from edge.domain.correction import Correction, CorrectionKind
from edge.domain.item import EvidenceKind, Item
from edge.domain.reading import Reading
from edge.needs.amount import Yardstick, yardstick
from edge.needs.gauge import Gauge, Move
from edge.needs.horizon import CLOSES_BELOW, HORIZON_DAYS, OPENS_AT
from edge.needs.pace import Pace, Rate, Span
from edge.needs.prior import prior_for
from edge.needs.run_out import Depletion
from edge.needs.sensor import CLOSEST, Doubt, Sensor

_SPAN = timedelta(days=1)
"""Use is booked by the day, so that breakfast and night weigh the same."""

_LEAST_SPAN = timedelta(hours=8)
"""A piece of a day before a refill counts from here on."""

_GRAINS = 12.0
"""Uses in a package before its uses are known: a portion a time."""

_CAP = 4.0
"""A day's use beyond this many standard deviations is a spill or a cake, not a habit."""

_USED_UP = 0.5
"""Below this part of a use nothing can be learned about the rate: there is nothing to use."""

_REFILLS_MOST = 8
"""Refills remembered; enough to see a weekday in them."""

_WORD_SD = 0.05
"""How exact a person's amount is, in packages."""


_JUMPS = frozenset({Move.UNSURE, Move.DROP, Move.RISE, Move.REFILL})
"""Moves that contradict the reading before: rare in a good sensor. A lift is not the sensor's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """From where the use of the running day is counted."""

    level: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What this home has taught us about one item.

    Attributes:
        item: Which, as its manifest describes it.
        yardstick, sensor, pace, rate, gauge: The parts; see their files.
        mark: From where the next span is booked; None before the first reading.
        readings: How many counted.
        as_of: The newest reading or correction; None before the first. Nothing older can be learnt.
        refills: When it was restocked, newest last, at most `_REFILLS_MOST`.
        reserve: The amount a person says is kept elsewhere.
        low_since: When it became likely to run out; None while it is not.
        never: The household does not want it tracked.
    """

    item: Item
    yardstick: Yardstick
    sensor: Sensor
    pace: Pace
    rate: Rate
    gauge: Gauge | None = None
    mark: Mark | None = None
    readings: int = 0
    as_of: datetime | None = None
    refills: tuple[datetime, ...] = ()
    reserve: float = 0.0
    low_since: datetime | None = None
    never: bool = False

    @property
    def package(self) -> float:
        """What a package holds, as far as is known."""
        return self.gauge.package if self.gauge else self.yardstick.package or 1.0

    def doubt(self, *, now: datetime) -> Doubt | None:
        """Why the sensor is not believed; None when it is."""
        return self.sensor.doubt(now=now)

    def depletion(self) -> Depletion | None:
        """What is left and how it goes, at the gauge's instant; None before the first reading."""
        if self.gauge is None:
            return None
        here, sd = self.yardstick.really(self.gauge.level)
        return Depletion(
            left=here + self.reserve,
            left_sd=math.hypot(math.sqrt(self.gauge.variance), sd),
            rate=self.rate.mean,
            rate_sd=self.rate.sd,
            grain=self.rate.grain,
            excess=0.0 if self.yardstick.whole else 0.5,
        )


def begin(item: Item) -> Belief:
    """What is believed of an item that has said nothing: the public prior."""
    stick = yardstick(item)
    pace = _first_pace(item, stick.package or 1.0)
    return Belief(item=item, yardstick=stick, sensor=Sensor(), pace=pace, rate=pace.rate())


def learn(belief: Belief, reading: Reading) -> Belief:
    """The belief after one more reading; one of the same time changes nothing.

    Raises:
        ValueError: The reading is older than the belief: fold all readings anew.
    """
    if belief.as_of is not None and reading.time <= belief.as_of:
        if reading.time == belief.as_of:
            return belief
        message = "a late reading cannot be learnt, only folded anew"
        raise ValueError(message)
    if belief.gauge is not None and reading.time - belief.gauge.last_at < CLOSEST:
        return replace(belief, sensor=belief.sensor.crowded(at=reading.time))
    sensor = belief.sensor.said(reading.value, at=reading.time)
    heard = replace(belief, sensor=sensor, as_of=reading.time, readings=belief.readings + 1)
    return _measured(heard, reading.value, reading.time)


def heed(belief: Belief, correction: Correction) -> Belief:
    """The belief after a person's word; it counts at once."""
    if correction.kind is CorrectionKind.NOT_ME:
        return replace(begin(belief.item), as_of=correction.at, never=belief.never)
    if correction.kind is CorrectionKind.NEVER:
        return replace(belief, never=True)
    if correction.kind is CorrectionKind.HAVE_IT:
        amount = belief.package if correction.amount is None else correction.amount
        return _judged(_restocked(replace(belief, reserve=amount), correction.at), correction.at)
    return _judged(_told(belief, correction.amount or 0.0, correction.at), correction.at)


def fold(item: Item, readings: Sequence[Reading], corrections: Sequence[Correction]) -> Belief:
    """The belief after all of these, in time order; of equal times the correction comes last."""
    said: list[Reading | Correction] = [*readings, *corrections]
    return reduce(_heard, sorted(said, key=_order), begin(item))


def _order(said: Reading | Correction) -> tuple[datetime, bool]:
    if isinstance(said, Reading):
        return said.time, False
    return said.at, True


def _heard(belief: Belief, said: Reading | Correction) -> Belief:
    return learn(belief, said) if isinstance(said, Reading) else heed(belief, said)


def _first_pace(item: Item, package: float) -> Pace:
    prior = prior_for(item.category)
    return Pace(first_rate=package / prior.days, shape=prior.shape, first_grain=package / _GRAINS)


def _measured(belief: Belief, value: float, at: datetime) -> Belief:
    """With the amount that a raw value means; an impossible one only counts against the sensor."""
    if value < 0.0 and not belief.yardstick.exact:
        return replace(belief, sensor=belief.sensor.jumped(jump=True))
    stick, amount = belief.yardstick.read(value)
    belief = replace(belief, yardstick=stick)
    if belief.gauge is None:
        return _first_seen(belief, amount, at)
    if stick.kind is EvidenceKind.PURCHASE:
        return _bought(belief, belief.gauge, amount, at)
    gauge, move = belief.gauge.read(amount, at=at, rate=belief.rate)
    sensor = belief.sensor.jumped(jump=move in _JUMPS and not stick.exact)
    if sensor.doubt(now=at):
        return _followed(replace(belief, sensor=sensor), gauge)
    return _judged(_moved(replace(belief, sensor=sensor), gauge, move), at)


def _followed(belief: Belief, gauge: Gauge) -> Belief:
    """With the gauge of a sensor in doubt: followed for its recovery, not learnt from."""
    return replace(belief, gauge=gauge, mark=Mark(level=gauge.level, at=gauge.at))


def _first_seen(belief: Belief, amount: float, at: datetime) -> Belief:
    stick = belief.yardstick
    package = stick.package or max(amount, 1.0)
    gauge = Gauge.first(amount, at=at, package=package, exact=stick.exact)
    pace = _first_pace(belief.item, package)
    mark = Mark(level=amount, at=at)
    return replace(belief, gauge=gauge, pace=pace, rate=pace.rate(), mark=mark)


def _bought(belief: Belief, gauge: Gauge, amount: float, at: datetime) -> Belief:
    """With one more purchase: what was bought before is taken as used since, by and large.

    Half of what should be left is believed: people buy both early and late.
    """
    if belief.mark and at > belief.mark.at:
        days = (at - belief.mark.at) / timedelta(days=1)
        pace = belief.pace.booked(Span(days=days, used=belief.mark.level))
        belief = replace(belief, pace=pace, rate=pace.rate())
    left, _ = gauge.expected(at, belief.rate)
    gauge = replace(gauge, level=amount + left / 2.0, at=at, last=amount, last_at=at)
    belief = replace(belief, gauge=gauge, mark=Mark(level=amount, at=at), reserve=0.0)
    return _judged(_restocked(belief, at), at)


def _moved(belief: Belief, gauge: Gauge, move: Move) -> Belief:
    """With a new gauge, and the use until then booked."""
    if move is Move.REFILL:
        return _refilled(belief, gauge)
    if move is Move.RISE and belief.mark and belief.gauge:
        level = belief.mark.level + gauge.level - belief.gauge.level
        return replace(belief, gauge=gauge, mark=replace(belief.mark, level=level))
    moved = replace(belief, gauge=gauge)
    if belief.mark and gauge.at - belief.mark.at >= _SPAN:
        return _booked(moved, level=gauge.level, at=gauge.at)
    return moved


def _refilled(belief: Belief, gauge: Gauge) -> Belief:
    """With the use up to the refill booked, and the day's count begun anew."""
    if belief.gauge and belief.mark and belief.gauge.at - belief.mark.at >= _LEAST_SPAN:
        belief = _booked(belief, level=belief.gauge.level, at=belief.gauge.at)
    came = gauge.level - (belief.gauge.level if belief.gauge else 0.0)
    mark = Mark(level=gauge.level, at=gauge.at)
    belief = replace(belief, gauge=gauge, mark=mark, reserve=max(belief.reserve - came, 0.0))
    return _restocked(belief, gauge.at)


def _restocked(belief: Belief, at: datetime) -> Belief:
    return replace(belief, refills=(*belief.refills, at)[-_REFILLS_MOST:], low_since=None)


def _booked(belief: Belief, *, level: float, at: datetime) -> Belief:
    """With the use since the mark in the pace; nothing is learnt where nothing was left to use."""
    mark = belief.mark
    if mark is None:
        return belief
    here = replace(belief, mark=Mark(level=level, at=at))
    if mark.level < _USED_UP * belief.rate.grain:
        return here
    days = (at - mark.at) / timedelta(days=1)
    used = min(mark.level - level, _cap(belief.rate, days))
    pace = belief.pace.booked(Span(days=days, used=used))
    return replace(here, pace=pace, rate=pace.rate())


def _cap(rate: Rate, days: float) -> float:
    mean = rate.mean * days
    return mean + _CAP * math.sqrt(rate.grain * mean + (rate.sd * days) ** 2)


def _told(belief: Belief, amount: float, at: datetime) -> Belief:
    """With the amount a person gave: more than the place shows is kept elsewhere."""
    gauge = belief.gauge
    if gauge is None:
        return replace(belief, reserve=amount)
    stick = belief.yardstick.corrected(amount, sd=_WORD_SD * belief.package)
    here = min(amount, stick.amount())
    gauge = replace(gauge, level=here, at=at, last=here, last_at=at, waiting=None)
    mark = Mark(level=here, at=at)
    return replace(belief, yardstick=stick, gauge=gauge, mark=mark, reserve=amount - here)


def _judged(belief: Belief, at: datetime) -> Belief:
    """With whether it is now likely to run out within its horizon."""
    depletion = belief.depletion()
    if depletion is None:
        return belief
    chance = depletion.gone_within(HORIZON_DAYS[belief.item.data])
    if chance >= OPENS_AT and belief.low_since is None:
        return replace(belief, low_since=at)
    if chance < CLOSES_BELOW and belief.low_since is not None:
        return replace(belief, low_since=None)
    return belief
