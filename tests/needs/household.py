"""Synthetic households with a rhythm that is known: twins of the real ones."""

import random


def weekly(
    *, weeks: int = 30, need: str = "milk", every: int = 1, since: int = 0
) -> list[tuple[int, list[str]]]:
    """A trip each Saturday; the need on every so many of them, bread on all."""
    return [
        (since + 7 * week, ["bread", need] if week % every == 0 else ["bread"])
        for week in range(weeks)
    ]


def lively(*, days: int = 400, seed: int = 1) -> list[tuple[int, list[str]]]:
    """Random trips twice a week; milk on most, butter each third week, salt hardly ever."""
    dice = random.Random(seed)
    chances = {"milk": 0.6, "butter": 0.15, "salt": 0.02}
    trips = []
    for day in range(days):
        if dice.random() < 2.0 / 7.0:
            needs = [need for need, chance in chances.items() if dice.random() < chance]
            trips.append((day, needs or ["bread"]))
    return trips
