"""Off unless the file says on, in every word."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.courier.subscription import SubscriptionFile, parse_subscription


def fields(**changes: object) -> dict[str, Any]:
    """A subscription that is on."""
    return {
        "version": 1,
        "on": True,
        "region": "DE",
        "transport": "coap",
        "relay": "127.0.0.1:4433",
        "server_name": "catalogue.doorstep.example",
        "ca": "PEM",
        "root": "e30=",
        **changes,
    }


def test_a_subscription_that_is_on_is_read() -> None:
    """Relay, server, pinned authority and root are taken over as they are."""
    subscription = parse_subscription(json.dumps(fields()).encode())
    assert subscription
    assert (subscription.host, subscription.port) == ("127.0.0.1", 4433)
    assert subscription.root == b"{}"


@pytest.mark.parametrize("name", sorted(fields()))
def test_a_missing_field_is_off(name: str) -> None:
    """Nothing has a default."""
    rest = {key: value for key, value in fields().items() if key != name}
    assert parse_subscription(json.dumps(rest).encode()) is None


@pytest.mark.parametrize(
    "change",
    [
        {"on": False},
        {"on": 1},
        {"version": 2},
        {"transport": "https"},
        {"relay": "127.0.0.1"},
        {"relay": "127.0.0.1:0"},
        {"relay": "127.0.0.1:65536"},
        {"relay": "a b:1"},
        {"ca": ""},
        {"root": "not base64"},
        {"server_name": "evil/../"},
    ],
)
def test_anything_not_as_documented_is_off(change: dict[str, object]) -> None:
    """A wrong value is not repaired."""
    assert parse_subscription(json.dumps(fields(**change)).encode()) is None


@given(st.binary(max_size=100))
def test_any_bytes_are_off(payload: bytes) -> None:
    """Nothing that happens to lie there raises or means yes."""
    assert parse_subscription(payload) is None


def _watched(path: Path) -> tuple[SubscriptionFile, Callable[[float], None]]:
    """The file under a stopwatch that the test moves."""
    elapsed = [0.0]

    def move(seconds: float) -> None:
        elapsed[0] += seconds

    return SubscriptionFile(path, tick=lambda: elapsed[0]), move


def test_a_withdrawal_is_seen_within_a_second(tmp_path: Path) -> None:
    """The file is looked at again after a second, and not before."""
    path = tmp_path / "subscription.json"
    path.write_text(json.dumps(fields()))
    watched, move = _watched(path)
    assert watched.present()
    path.write_text(json.dumps(fields(on=False)))
    move(0.99)
    assert watched.present()
    move(0.01)
    assert watched.present() is None


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b" " * 70_000)])
def test_a_file_that_goes_or_grows_is_off(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """Missing or too large means off."""
    path = tmp_path / "subscription.json"
    path.write_text(json.dumps(fields()))
    watched, move = _watched(path)
    assert watched.present()
    spoil(path)
    move(1.0)
    assert watched.present() is None
