"""The emulated fridge."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import pstdev

from devices.appliance import RECALL_EVERY
from devices.fridge import Fridge
from devices.joining import Joined
from devices.larder import Change, Larder
from tests.devices.builders import NOON

JOINED = Joined(at=NOON, day=3)
"""Noon of Thursday in Greenwich, 13:00 of the fourth day in the kitchen."""

HOUR = 3 * 24.0

HALF_HOUR = timedelta(minutes=30)


def a_fridge(*, seed: int = 1, **items: Sequence[tuple[float, float]]) -> Fridge:
    """A fridge with these steps of hour and amount."""
    changes = {
        name: [Change(hour=HOUR + hour, amount=amount) for hour, amount in steps]
        for name, steps in items.items()
    }
    return Fridge(Larder(changes, days=7), JOINED, seed=seed)


def test_it_measures_what_is_there_in_the_units_of_the_wire() -> None:
    """Grams become kilograms, millilitres cubic metres; pieces are counted."""
    fridge = a_fridge(butter=[(0, 200)], eggs=[(0, 6)], milk=[(0, 900)])

    measured = fridge.sense(NOON - HALF_HOUR, NOON, HALF_HOUR)

    values = {one.name: (one.value, one.unit) for one in measured if one.name != "door"}
    assert abs(float(values["butter"][0]) - 0.200) < 0.010
    assert abs(float(values["milk"][0]) - 0.0009) < 0.00001
    assert values["eggs"] == (6, "count")
    assert {one.time for one in measured} == {NOON}


def test_its_scales_are_noisy_but_never_negative() -> None:
    """The same load gives other grams each time, an empty place never less than none."""
    fridge = a_fridge(butter=[(0, 200)], cheese=[(0, 0)])
    measured = fridge.sense(NOON, NOON + timedelta(days=2), HALF_HOUR)
    butter, cheese = (
        [float(one.value) * 1000 for one in measured if one.name == name]
        for name in ("butter", "cheese")
    )

    assert 1.5 < pstdev(butter) < 2.5
    assert min(cheese) == 0


def test_a_measurement_is_the_same_whenever_it_is_asked_for() -> None:
    """In one go or in pieces; and another seed has other noise."""
    day = timedelta(days=1)
    steps = [(n * 1.7, 250 - n) for n in range(40)]
    whole = a_fridge(butter=steps).sense(NOON, NOON + day, HALF_HOUR)
    fridge = a_fridge(butter=steps)
    pieces, after = [], NOON
    for minutes in range(7, 24 * 60 + 7, 7):
        until = min(NOON + timedelta(minutes=minutes, microseconds=minutes), NOON + day)
        pieces += fridge.sense(after, until, HALF_HOUR)
        after = until

    assert pieces == whole
    assert a_fridge(seed=2, butter=steps).sense(NOON, NOON + day, HALF_HOUR) != whole


def test_its_door_opens_when_something_is_taken() -> None:
    """Open, and half a minute later closed, even if asked in between."""
    fridge = a_fridge(butter=[(13.5, 200), (14.5, 190)])
    half_past = NOON + timedelta(minutes=30)
    just_after = half_past + timedelta(seconds=10)

    opened = fridge.sense(NOON, just_after, HALF_HOUR)
    closed = fridge.sense(just_after, half_past + timedelta(minutes=5), HALF_HOUR)

    assert [(one.time, one.value) for one in opened if one.name == "door"] == [(half_past, True)]
    assert [(one.time, one.value) for one in closed] == [(half_past + timedelta(seconds=30), False)]


def test_what_it_buffered_is_sparse() -> None:
    """Four readings a day and item."""
    measured = a_fridge(butter=[(0, 200)]).sense(NOON - timedelta(days=2), NOON, RECALL_EVERY)

    assert [one.name for one in measured].count("butter") == 8


def test_its_manifest_names_what_it_watches() -> None:
    """What the household never has is not there; the door is context."""
    manifest = a_fridge(butter=[(0, 200)], eggs=[(0, 6)]).manifest()

    assert list(manifest["properties"]) == ["butter", "eggs", "door"]
    assert manifest["properties"]["butter"] == {
        "titles": {"de": "Butter", "en": "butter"},
        "type": "number",
        "unit": "kg",
        "readOnly": True,
        "doorstep:category": "butter",
        "doorstep:evidence": "level",
        "doorstep:package": 0.25,
        "forms": [{"href": "readings", "op": "observeproperty"}],
    }
    assert manifest["properties"]["door"]["doorstep:evidence"] == "context"
    assert manifest["doorstep:surfaces"][0]["name"] == "fridge.door"
