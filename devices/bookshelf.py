"""Pages left in the book somebody is reading, over the same kind of life as a larder.

The pace is 260 words a minute, the mean of silent reading of English fiction over 190 studies
(Brysbaert 2019, Journal of Memory and Language 109:104047). What else there is, how many words a
page holds, how long and how often somebody reads, how long books are, is assumed: no public data
of single readers was found.
"""

import random
from dataclasses import dataclass

from devices.larder import DAY, Change, Larder

WORDS_A_MINUTE = 260.0
"""See above; most adults read from 200 to 320."""

WORDS_A_PAGE = 275.0
"""Assumed: a paperback page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Genre:
    """What somebody likes to read.

    Attributes:
        name: As the e-reader calls it.
        share: The chance that the next book is of this genre.
        pages: The mean length of a book, in pages.
        pages_sd: Its standard deviation.
    """

    name: str
    share: float
    pages: float
    pages_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads; all figures are assumed.

    Attributes:
        genres: What, favourite first.
        sessions: When on a day: hour, chance that it happens, mean minutes.
    """

    genres: tuple[Genre, ...]
    sessions: tuple[tuple[float, float, float], ...]


BUILT_IN = Reader(
    genres=(
        Genre(name="crime", share=0.8, pages=340, pages_sd=60),
        Genre(name="history", share=0.2, pages=420, pages_sd=80),
    ),
    sessions=((8.0, 0.6, 12.0), (13.2, 0.3, 10.0), (20.5, 0.85, 28.0)),
)
"""The demo's reader: on the way to work, after lunch, in the evening."""

SESSION_SHAPE = 4.0
"""The gamma shape of a session's length: it varies by half; assumed."""


def read_on(reader: Reader, *, seed: int, days: int) -> Larder:
    """Pages left in the book at hand of each genre; at the session after its end it is replaced."""
    dice = random.Random(f"{seed}/reader")
    left = {genre.name: _length(genre, dice) for genre in reader.genres}
    changes = {name: [Change(hour=0.0, amount=pages)] for name, pages in left.items()}
    reading = reader.genres[0]
    for hour, minutes in _sessions(reader, dice, days):
        if left[reading.name] <= 0:
            left[reading.name] = _length(reading, dice)
            changes[reading.name].append(Change(hour=hour, amount=left[reading.name]))
            reading = _choose(reader, dice)
        read = float(round(minutes * WORDS_A_MINUTE / WORDS_A_PAGE))
        left[reading.name] = max(0.0, left[reading.name] - read)
        changes[reading.name].append(Change(hour=hour, amount=left[reading.name]))
    return Larder(changes, days=days)


def _sessions(reader: Reader, dice: random.Random, days: int) -> list[tuple[float, float]]:
    """Hour and minutes of each time that somebody reads."""
    return [
        (day * DAY + hour, dice.gammavariate(SESSION_SHAPE, mean / SESSION_SHAPE))
        for day in range(days)
        for hour, chance, mean in reader.sessions
        if dice.random() < chance
    ]


def _choose(reader: Reader, dice: random.Random) -> Genre:
    return dice.choices(reader.genres, [genre.share for genre in reader.genres])[0]


def _length(genre: Genre, dice: random.Random) -> float:
    return float(max(80, round(dice.gauss(genre.pages, genre.pages_sd))))
