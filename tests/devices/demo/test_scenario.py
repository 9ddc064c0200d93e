"""What the demo plays."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.clock import Clock
from devices.demo.scenario import FIRST_HOUR, THURSDAY, Scenario, edge_settings
from devices.joining import KITCHEN
from tests.devices.builders import NOON


def real_clock(moment: datetime) -> Clock:
    return Clock(ask=moment.timestamp)


@given(hours=st.integers(0, 24 * 365))
def test_it_always_begins_in_a_thursdays_small_hours(hours: int) -> None:
    """The last ones before now: nothing that is signed then is from the future."""
    now = NOON + timedelta(hours=hours)
    began = Scenario().clock(real_clock(now)).now()
    local = began.astimezone(KITCHEN) + timedelta(seconds=1)

    assert (local.weekday(), local.hour) == (THURSDAY, FIRST_HOUR)
    assert now - timedelta(days=7, hours=1) < began <= now + timedelta(seconds=1)


def test_in_real_time_it_begins_now() -> None:
    """Only a faster clock can show another time than now."""
    clock = Scenario(speed=1).clock(real_clock(NOON))

    assert clock == Clock()


@pytest.mark.parametrize(("transport", "relay"), [("coap", "127.0.0.1:1"), ("mqtt", "127.0.0.1:2")])
def test_the_runtime_is_told_where_the_relay_is(tmp_path: Path, transport: str, relay: str) -> None:
    """As TOML, whatever is in a path."""
    cloud = {"server_name": "catalogue.example", "ca": '"ä\\/ca.pem', "root": "root.json"}
    relays = {"coap": "127.0.0.1:1", "mqtt": "127.0.0.1:2"}

    text = edge_settings(Scenario(transport=transport), tmp_path, cloud, relays)
    settings = tomllib.loads(text)

    assert settings["catalogue"] == {"transport": transport, "relay": relay} | cloud
    assert settings["local"] == {"broker": "embedded", "mqtt_port": 0, "coap_port": 0}
    assert settings["edge"]["timezone"] == "Europe/Berlin"
