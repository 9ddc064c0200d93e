"""What the demo plays: which home, from when on, how fast."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from devices.clock import Clock, clock_at
from devices.joining import KITCHEN

THURSDAY = 3

FIRST_HOUR = 3
"""Of the first day: what starts within five real seconds is ready when people get up."""

SPEED = 4320.0
"""A day in twenty seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One demo.

    Attributes:
        speed: Emulated seconds in a real one.
        seed: Of the household and of everything else.
        language: `de` or `en`.
        transport: How the courier fetches: `coap` or `mqtt`.
        household: A file of real purchases to replay, as FILE or FILE:ID; empty for the built-in.
    """

    speed: float = SPEED
    seed: int = 9
    language: str = "en"
    transport: str = "coap"
    household: str = ""

    def clock(self, real: Clock) -> Clock:
        """A clock that shows the small hours of the last Thursday now.

        The past, because what is signed and certified then is valid by the real clock too; always
        a Thursday, because a shopping day's weekday matters and a demo should be repeatable.
        """
        today = real.now().astimezone(KITCHEN)
        thursday = today - timedelta(days=(today.weekday() - THURSDAY) % 7)
        night = thursday.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
        start = night if night <= today else night - timedelta(days=7)
        return clock_at(start, speed=self.speed, ask=real.ask)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmulatedDevice:
    """An appliance of the demo, and what the household allows it.

    Attributes:
        kind: The product.
        over: `mqtt` or `coap`.
        data: The kind of data that its grants are about.
    """

    kind: str
    over: str
    data: str


DEVICES = (
    EmulatedDevice(kind="fridge", over="mqtt", data="groceries"),
    EmulatedDevice(kind="ereader", over="coap", data="books"),
)

PURPOSES = ("keep", "infer", "offer")
"""What the scenario's household allows, visibly; it can be withdrawn in the page."""


def edge_settings(
    scenario: Scenario, folder: Path, cloud: Mapping[str, str], relay: Mapping[str, str]
) -> str:
    """The runtime's settings, TOML: loopback, free ports, the catalogue through the relay."""
    tables: dict[str, dict[str, str | int]] = {
        "edge": {
            "state": str(folder / "edge"),
            "exchange": str(folder / "exchange"),
            "language": scenario.language,
            "timezone": str(KITCHEN),
        },
        "web": {"port": 0},
        "local": {"broker": "embedded", "mqtt_port": 0, "coap_port": 0},
        "catalogue": {
            "transport": scenario.transport,
            "relay": relay[scenario.transport],
            "server_name": cloud["server_name"],
            "ca": cloud["ca"],
            "root": cloud["root"],
        },
    }
    return "\n".join(_table(name, keys) for name, keys in tables.items())


def _table(name: str, keys: Mapping[str, str | int]) -> str:
    # a JSON string is a TOML basic string
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n".join([f"[{name}]", *lines, ""])
