"""Two pictures for docs/needs.md, as plain SVG that reads in light and dark."""

import random
from collections.abc import Iterable, Sequence
from datetime import timedelta

from benchmarks.truth import START, Shelf, item, live, weigh
from edge.needs.belief import begin, learn
from edge.needs.outlook import look

_STYLE = (
    "<style>text{font:12px sans-serif;fill:#777}.axis{stroke:#999;fill:none}"
    ".truth{stroke:#2a9d8f;fill:none;stroke-width:2}"
    ".told{stroke:#e76f51;fill:none;stroke-width:2}"
    ".band{fill:#e76f51;opacity:.2}.dot{fill:#e76f51}</style>"
)


def reliability_picture(bins: Sequence[tuple[float, float, int]]) -> str:
    """Observed over told chances; on the diagonal, they are the same."""
    dots = "".join(
        f'<circle class="dot" cx="{_x(told)}" cy="{_y(seen)}" r="{2 + count**0.5 / 6:.1f}"/>'
        for told, seen, count in bins
    )
    ticks = "".join(
        f'<text x="{_x(at / 10) - 8}" y="315">{at / 10}</text>'
        f'<text x="12" y="{_y(at / 10) + 4}">{at / 10}</text>'
        for at in range(0, 11, 2)
    )
    return _svg(
        340,
        340,
        f'<path class="axis" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>'
        f'{dots}{ticks}<text x="90" y="334">told chance of running out in 3 days</text>'
        f'<text x="40" y="14">observed</text>',
        "Reliability of the chance of running out within three days",
    )


def _x(share: float) -> float:
    return round(40 + 280 * share, 1)


def _y(share: float) -> float:
    return round(300 - 280 * share, 1)


def butter_picture(days: int = 60, seed: int = 3) -> str:
    """One home's butter: the true level, the estimate, and on the right scale the days left."""
    dice, shelf = random.Random(seed), Shelf()
    story = live(shelf, days + 30, dice)
    belief, told, band_low, band_high = begin(item()), [], [], []
    for one in weigh(shelf, story, days, dice):
        belief = learn(belief, one)
        day = (one.time - START) / timedelta(days=1)
        estimate = look(belief, now=one.time).estimate
        if estimate and estimate.run_out:
            told.append((day, (estimate.run_out.likely - one.time) / timedelta(days=1)))
            band_low.append((day, (estimate.run_out.earliest - one.time) / timedelta(days=1)))
            band_high.append((day, (estimate.run_out.latest - one.time) / timedelta(days=1)))
    true = [
        (step / 4, gone - step / 4)
        for step in range(4 * days)
        if (gone := story.gone_after(step / 4)) is not None and story.level_at(step / 4) > 0.0
    ]
    band = [*_points(band_high), *reversed(list(_points(band_low)))]
    marks = "".join(f'<text x="{_day(at) - 6}" y="255">{at}</text>' for at in range(0, 61, 10))
    left = "".join(f'<text x="8" y="{_left(at) + 4}">{at}</text>' for at in range(0, 31, 10))
    return _svg(
        700,
        275,
        f'<path class="axis" d="M40 20V240H690"/><polygon class="band" points="{" ".join(band)}"/>'
        f'<polyline class="told" points="{" ".join(_points(told))}"/>'
        f'<polyline class="truth" points="{" ".join(_points(true))}"/>{marks}{left}'
        f'<text x="44" y="16">days until the butter is gone: truth (green), '
        f"estimate and 80 % interval (orange)</text>"
        f'<text x="330" y="272">day</text>',
        "Sixty days of one emulated home's butter",
    )


def _points(series: Iterable[tuple[float, float]]) -> Iterable[str]:
    return (f"{_day(day):.1f},{_left(value):.1f}" for day, value in series)


def _day(day: float) -> float:
    return 40.0 + 650.0 * day / 60.0


def _left(days: float) -> float:
    return 240.0 - 215.0 * min(max(days, 0.0), 30.0) / 30.0


def _svg(width: int, height: int, inside: str, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">'
        f"<title>{title}</title>{_STYLE}{inside}</svg>\n"
    )
