"""The units of the wire and what they are at home (docs/wire/senml.md)."""

from collections.abc import Mapping

from edge.domain.measures import Unit

FACTORS: Mapping[str, tuple[Unit, float]] = {
    "kg": (Unit.GRAM, 1_000.0),
    "g": (Unit.GRAM, 1.0),
    "m3": (Unit.MILLILITRE, 1_000_000.0),
    "l": (Unit.MILLILITRE, 1_000.0),
    "count": (Unit.COUNT, 1.0),
}
"""SenML unit to the unit at home, and by how much to multiply."""

RATIO = "/"
"""Of a full package, from 0 to 1; the state of a switch."""


def accepted_for(unit: Unit) -> str:
    """The SenML units that an item counted in that unit may be reported in, for people."""
    return ", ".join(name for name, (home, _) in FACTORS.items() if home is unit)
