"""Are the estimates right where the truth is known? Errors, coverage, delays, speed.

    python -m benchmarks.calibrate [--homes 60] [--json] [--write]

Homes are emulated (truth.py) with seeded dice; `--write` puts tables and pictures into
docs/needs.md between their marks.
"""

import argparse
import json
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.pictures import butter_picture, reliability_picture
from benchmarks.speed import speed
from benchmarks.spoilt import delays
from benchmarks.truth import (
    Shelf,
    Story,
    barcodes,
    counter,
    instant,
    item,
    live,
    receipts,
    weigh,
)
from edge.domain.item import EvidenceKind, Item
from edge.domain.measures import Unit
from edge.domain.reading import Reading
from edge.needs.belief import Belief, begin, learn
from edge.needs.fuse import fuse, level_opinion, purchase_opinion
from edge.needs.horizon import HORIZON_DAYS
from edge.needs.outlook import look

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "needs.md"
JOINED = (3, 7, 14, 60)
"""Days after joining at which the estimate is judged."""

BUTTER = 250.0
"""Grams; scales speak hourly, so their homes are fewer than those of counters and receipts."""

CRUMBS = 2.0
"""In standard deviations of the scale: nobody can tell whether that is butter or noise."""

FEWEST_HOMES = 20
"""Fewer say nothing."""

LIVED = 130.0
"""Days of each emulated home; long enough for the last package judged to run out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of evidence: what is watched and how it speaks."""

    item: Item
    shelf: Shelf
    speak: Callable[[Shelf, Story, random.Random], list[Reading]]


KINDS: Mapping[str, Kind] = {
    "level": Kind(
        item=item(),
        shelf=Shelf(),
        speak=lambda shelf, story, dice: weigh(shelf, story, LIVED, dice),
    ),
    "usage": Kind(
        item=item(
            "washes",
            category="laundry-detergent",
            evidence=EvidenceKind.USAGE,
            unit=Unit.COUNT,
            package=None,
            uses=20.0,
        ),
        shelf=Shelf(package=20.0, portion=1.0, evenness=math.inf),
        speak=lambda _shelf, story, _dice: counter(story),
    ),
    "event": Kind(
        item=item(
            "eggs", category="eggs", evidence=EvidenceKind.EVENT, unit=Unit.COUNT, package=10.0
        ),
        shelf=Shelf(package=10.0, portion=1.0, evenness=math.inf),
        speak=lambda _shelf, story, _dice: barcodes(story),
    ),
    "purchase": Kind(
        item=item("receipts", evidence=EvidenceKind.PURCHASE),
        shelf=Shelf(),
        speak=lambda shelf, story, _dice: receipts(shelf, story),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One estimate beside the truth.

    Attributes:
        error: Days between the likely and the true run-out.
        covered: Whether the 80 % interval held it.
        chance: The probability of running out within the horizon, as told.
        gone: Whether it did.
    """

    error: float
    covered: bool
    chance: float
    gone: bool


def homes(kind: Kind, count: int) -> Iterator[tuple[Story, list[Reading]]]:
    """Emulated homes that use a package in eight to thirty days."""
    for seed in range(count):
        dice = random.Random(seed)
        uses = kind.shelf.package / kind.shelf.portion / dice.uniform(8.0, 30.0)
        shelf = replace(kind.shelf, per_day=uses)
        story = live(shelf, LIVED, dice)
        yield story, kind.speak(shelf, story, dice)


def judged(
    kind: Kind, days: Sequence[float], story: Story, readings: Sequence[Reading]
) -> Iterator[tuple[Belief, Judged | None]]:
    """The belief on each day, and the estimate where there is one and the place is not empty."""
    belief, heard = begin(kind.item), iter(readings)
    reading = next(heard, None)
    for day in days:
        while reading is not None and reading.time <= instant(day):
            belief, reading = learn(belief, reading), next(heard, None)
        yield belief, _judged(belief, day, story)


def _judged(belief: Belief, day: float, story: Story) -> Judged | None:
    now, truth = instant(day), story.gone_after(day)
    estimate = look(belief, now=now).estimate
    if truth is None or estimate is None or estimate.run_out is None:
        return None
    if story.level_at(day) <= _crumbs(belief.item):
        return None
    gone = instant(truth)
    within = HORIZON_DAYS[belief.item.data]
    return Judged(
        error=abs((estimate.run_out.likely - gone).total_seconds()) / 86_400.0,
        covered=estimate.run_out.earliest <= gone <= estimate.run_out.latest,
        chance=_chance(belief, day, within),
        gone=truth <= day + within,
    )


def _crumbs(item_: Item) -> float:
    """What a scale cannot tell from nothing; counted things have none."""
    return CRUMBS * Shelf().noise if item_.evidence is EvidenceKind.LEVEL else 0.0


def _chance(belief: Belief, day: float, within: float) -> float:
    depletion, gauge = belief.depletion(), belief.gauge
    if depletion is None or gauge is None:
        return 0.0
    since = (instant(day) - gauge.at).total_seconds() / 86_400.0
    return depletion.gone_within(since + within)


def errors(count: int) -> dict[str, dict[str, float]]:
    """Error and coverage by kind of evidence and days since joining."""
    found = {}
    for name, kind in KINDS.items():
        days = [day + 0.5 for day in JOINED]
        lived = [
            [one for _, one in judged(kind, days, story, readings)]
            for story, readings in homes(kind, count if kind.item.package == BUTTER else 4 * count)
        ]
        for at, day in enumerate(JOINED):
            some = [one[at] for one in lived if one[at] is not None]
            if len(some) >= FEWEST_HOMES:
                found[f"{name}, day {day}"] = _summary([one for one in some if one])
    return found


def _summary(some: Sequence[Judged]) -> dict[str, float]:
    ordered = sorted(one.error for one in some)
    return {
        "homes": len(some),
        "median_days": median(ordered),
        "p90_days": ordered[int(0.9 * (len(ordered) - 1))],
        "coverage": sum(one.covered for one in some) / len(some),
        "logloss": _log_loss((one.chance, one.gone) for one in some),
    }


def _log_loss(told: Iterator[tuple[float, bool]]) -> float:
    bounded = [(min(max(p, 1e-3), 1.0 - 1e-3), gone) for p, gone in told]
    return -sum(math.log(p if gone else 1.0 - p) for p, gone in bounded) / len(bounded)


def fused(count: int) -> dict[str, dict[str, float]]:
    """Log-loss of running out within the horizon: the shelf alone, receipts alone, both."""
    level, purchase = KINDS["level"], KINDS["purchase"]
    told: dict[str, list[tuple[float, bool]]] = {"level": [], "purchase": [], "both": []}
    for story, readings in homes(level, count):
        bought = receipts(level.shelf, story)
        days = (40.5, 50.5, 60.5, 70.5)
        shown, receipted = (
            judged(kind, days, story, said)
            for kind, said in ((level, readings), (purchase, bought))
        )
        for (belief, one), (other_belief, other) in zip(shown, receipted, strict=True):
            if one is None or other is None:
                continue
            mine = level_opinion(belief, one.chance)
            theirs = purchase_opinion(other_belief.readings, other.chance)
            told["level"].append((one.chance, one.gone))
            told["purchase"].append((other.chance, one.gone))
            told["both"].append((fuse([mine, theirs]) or 0.0, one.gone))
    return {name: {"logloss": _log_loss(iter(pairs))} for name, pairs in told.items()}


def reliability(count: int) -> list[tuple[float, float, int]]:
    """Told and observed chances of running out within three days, in ten bins, butter."""
    kind, pairs = KINDS["level"], []
    for story, readings in homes(kind, count):
        seen = judged(kind, [day + 0.5 for day in range(10, 90, 4)], story, readings)
        pairs += [(one.chance, one.gone) for _, one in seen if one is not None]
    bins = []
    for low in range(10):
        inside = [(p, gone) for p, gone in pairs if low <= min(p * 10, 9.99) < low + 1]
        if inside:
            told = sum(p for p, _ in inside) / len(inside)
            bins.append((told, sum(gone for _, gone in inside) / len(inside), len(inside)))
    return bins


def main() -> None:
    """Measure, print, and write the document if asked to."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--homes", type=int, default=60)
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    found = {
        "errors": errors(given.homes),
        "fused": fused(given.homes),
        "delays": delays(given.homes),
        "speed": {"all": speed()},
    }
    bins = reliability(given.homes)
    print(json.dumps(found | {"reliability": bins}) if given.json else _text(found))
    if given.write:
        _write(found, bins)


def _text(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    return "\n\n".join(f"{title}\n{_markdown(rows)}" for title, rows in found.items())


def _markdown(rows: Mapping[str, Mapping[str, float]]) -> str:
    columns = list(next(iter(rows.values())))
    head = "| |" + "|".join(columns) + "|\n|---" * 1 + "|" + "---|" * len(columns)
    body = "\n".join(
        f"| {name} |" + "|".join(f"{row[column]:.3g}" for column in columns) + "|"
        for name, row in rows.items()
    )
    return f"{head}\n{body}"


def _write(
    found: Mapping[str, Mapping[str, Mapping[str, float]]],
    bins: Sequence[tuple[float, float, int]],
) -> None:
    """Put the tables between their marks and the pictures beside the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for title, rows in found.items():
        start, end = f"<!-- {title} -->\n", f"<!-- end {title} -->"
        before, rest = text.split(start)
        text = f"{before}{start}{_markdown(rows)}\n{end}{rest.split(end)[1]}"
    DOCUMENT.write_text(text, encoding="utf-8")
    pictures = DOCUMENT.parent / "pictures"
    pictures.mkdir(exist_ok=True)
    (pictures / "needs-reliability.svg").write_text(reliability_picture(bins), encoding="utf-8")
    (pictures / "needs-butter.svg").write_text(butter_picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
