"""The picture of one item: its level so far, and the fan of days on which it may run out.

Geometry only: a template draws it as inline SVG, the table beside it says the same in numbers.
Every picture has the same axis (ten days back, twelve ahead, today at the same place), so that
two items can be compared at a glance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median

from edge.domain.item import EvidenceKind, Item
from edge.domain.reading import Reading
from edge.domain.stock import StockEstimate
from edge.wording.amounts import amount
from edge.wording.days import at_time, on_day, short_weekday
from edge.wording.items import how_sure, item_title, likely_gone, what_is_left
from edge.wording.voice import Voice

PAST = timedelta(days=10)
_AHEAD = timedelta(days=12)
_WIDTH, _HEIGHT, _FOOT = 320.0, 84.0, 14.0
"""In SVG user units: a phone's width; the foot holds the names of days."""
_HEADROOM = 1.15
_BUCKET = timedelta(hours=6)
"""Four points a day: a scale's noise disappears, a breakfast does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word on the axis, and where."""

    x: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """All that the template draws.

    Attributes:
        told: The whole picture in one sentence, for those who do not see it.
        past, middle: Paths; empty when there is nothing to draw.
        fan: From today to the earliest and the latest day.
        today: Where the line stands now.
        days: Midnights on the axis.
        marks: The words on the axis.
        rows: The same in numbers: when, how much.
    """

    told: str
    past: str
    fan: str
    middle: str
    today: tuple[float, float]
    days: tuple[float, ...]
    marks: tuple[Mark, ...]
    rows: tuple[tuple[str, str], ...]
    width: float = _WIDTH
    height: float = _HEIGHT
    base: float = _HEIGHT - _FOOT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Instants and amounts to places on the picture."""

    now: datetime
    full: float

    def x(self, instant: datetime) -> float:
        """How far to the right, from 0 to the width; beyond it for what is too far ahead."""
        return round((instant - self.now + PAST) / (PAST + _AHEAD) * _WIDTH, 1)

    def y(self, level: float) -> float:
        """How far down: the base is empty."""
        base = _HEIGHT - _FOOT
        return round(base - level / self.full * base, 1)

    def point(self, instant: datetime, level: float) -> str:
        """A point of a path."""
        return f"{self.x(instant)} {self.y(level)}"


def draw(
    item: Item, estimate: StockEstimate, readings: Sequence[Reading], *, now: datetime, voice: Voice
) -> Chart:
    """The picture of one item; only levels have a past that can be drawn."""
    past = _smoothed(readings, now) if item.evidence is EvidenceKind.LEVEL else []
    highest = max([estimate.left, item.package or 0.0, *(level for _, level in past)])
    scale = _Scale(now=now, full=highest * _HEADROOM or 1.0)
    fan, middle = _future(estimate, scale)
    return Chart(
        told=_told(item, estimate, now, voice),
        past=_line([*past, (now, estimate.left)], scale) if past else "",
        fan=fan,
        middle=middle,
        today=(scale.x(now), scale.y(estimate.left)),
        days=_midnights(scale, voice),
        marks=_marks(estimate, scale, voice),
        rows=_rows(item, estimate, past, now, voice),
    )


def _smoothed(readings: Sequence[Reading], now: datetime) -> list[tuple[datetime, float]]:
    """The median of each bucket, at the middle of its readings."""
    shown = [reading for reading in readings if now - PAST <= reading.time <= now]
    buckets = groupby(shown, key=lambda reading: (now - reading.time) // _BUCKET)
    return [_middle_of(list(bucket)) for _, bucket in buckets]


def _middle_of(bucket: list[Reading]) -> tuple[datetime, float]:
    return bucket[len(bucket) // 2].time, median(reading.value for reading in bucket)


def _future(estimate: StockEstimate, scale: _Scale) -> tuple[str, str]:
    if estimate.run_out is None:
        return "", ""
    here = scale.point(scale.now, estimate.left)
    first, middle, last = (
        scale.point(max(instant, scale.now), 0.0)
        for instant in (estimate.run_out.earliest, estimate.run_out.likely, estimate.run_out.latest)
    )
    return f"M{here} L{first} L{last}Z", f"M{here} L{middle}"


def _line(points: list[tuple[datetime, float]], scale: _Scale) -> str:
    return "M" + " L".join(scale.point(instant, level) for instant, level in points)


def _midnights(scale: _Scale, voice: Voice) -> tuple[float, ...]:
    today = voice.local(scale.now).replace(hour=0, minute=0, second=0, microsecond=0)
    days = range(-PAST.days, _AHEAD.days + 1)
    return tuple(x for day in days if 0 <= (x := scale.x(today + timedelta(days=day))) <= _WIDTH)


def _marks(estimate: StockEstimate, scale: _Scale, voice: Voice) -> tuple[Mark, ...]:
    """Today, and the likely day where it has room of its own."""
    today = Mark(x=scale.x(scale.now), text=voice.say("today"))
    if estimate.run_out is None:
        return (today,)
    likely = scale.x(estimate.run_out.likely)
    room = 30.0
    if not today.x + room < likely < _WIDTH - room / 2:
        return (today,)
    return today, Mark(x=likely, text=short_weekday(estimate.run_out.likely, voice))


def _told(item: Item, estimate: StockEstimate, now: datetime, voice: Voice) -> str:
    return voice.say(
        "{item}: {left}, {when}.",
        item=item_title(item, voice),
        left=what_is_left(estimate, item, voice),
        when=likely_gone(estimate.run_out, item, now, voice),
    ) + (" " + how_sure(estimate.run_out, now, voice) if estimate.run_out else "")


def _rows(
    item: Item,
    estimate: StockEstimate,
    past: list[tuple[datetime, float]],
    now: datetime,
    voice: Voice,
) -> tuple[tuple[str, str], ...]:
    """The last level of each day, today's estimate, and the three days ahead."""
    by_day = {voice.local(instant).date(): (instant, level) for instant, level in past}
    levels = [
        (at_time(instant, now, voice), amount(level, item, voice))
        for instant, level in by_day.values()
    ]
    levels.append((voice.say("now, estimated"), amount(estimate.left, item, voice)))
    return (*levels, *_days_ahead(estimate, now, voice))


def _days_ahead(estimate: StockEstimate, now: datetime, voice: Voice) -> list[tuple[str, str]]:
    if estimate.run_out is None:
        return []
    return [
        (on_day(estimate.run_out.earliest, now, voice), voice.say("used up at the earliest")),
        (on_day(estimate.run_out.likely, now, voice), voice.say("used up most likely")),
        (on_day(estimate.run_out.latest, now, voice), voice.say("used up at the latest")),
    ]
