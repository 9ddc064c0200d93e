"""An appliance over MQTT, against a real Mosquitto with the users and ACL of the wire documents."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiomqtt
import pytest

from devices.appliance import Measurement
from devices.link import LinkLostError
from devices.over_mqtt import MqttLink, open_mqtt, pair_over_mqtt
from devices.pairing import Attempt, PairingError
from devices.placement import Placement
from devices.reactions import Reaction
from tests.devices.builders import NOON, a_placement_body, some_credentials
from tests.devices.mosquitto import free_tcp_port, open_mosquitto
from tests.devices.runtime_desk import CODE, OWN, answer_pairing, heard

pytestmark = pytest.mark.slow


@pytest.fixture
async def port(tmp_path: Path) -> AsyncIterator[int]:
    chosen = free_tcp_port()
    async with open_mosquitto(tmp_path, port=chosen):
        yield chosen


@pytest.fixture
async def runtime(port: int) -> AsyncIterator[aiomqtt.Client]:
    async with aiomqtt.Client("127.0.0.1", port, username="runtime", password="runtime") as client:
        await client.subscribe("doorstep/v1/#", qos=1)
        yield client


@asynccontextmanager
async def a_link(port: int) -> AsyncIterator[MqttLink]:
    async with open_mqtt("127.0.0.1", port, some_credentials(), {"title": "E-reader"}) as link:
        yield link


async def test_says_that_it_is_there_and_what_it_is_before_the_first_reading(
    port: int, runtime: aiomqtt.Client
) -> None:
    """Availability, manifest, readings, and at the end offline: in this order."""
    async with a_link(port) as link:
        await link.send_readings([Measurement(name="crime", time=NOON, value=12, unit="count")])

    said = await heard(runtime, 4)
    assert [topic for topic, _ in said] == ["availability", "manifest", "readings", "availability"]
    assert [said[0][1], said[3][1]] == [b"online", b"offline"]
    assert json.loads(said[2][1])[0]["n"] == "crime"


async def test_its_last_will_says_that_it_is_gone(port: int, runtime: aiomqtt.Client) -> None:
    """A connection that breaks without goodbye leaves `offline` behind."""
    async with a_link(port) as link:
        sock = link._client._client.socket()
        assert isinstance(sock, socket.socket)
        sock.shutdown(socket.SHUT_RDWR)
        said = await heard(runtime, 3)

    assert said[2] == ("availability", b"offline")


async def test_sees_what_is_to_be_shown_and_when_it_is_taken_away(
    port: int, runtime: aiomqtt.Client
) -> None:
    """A retained placement arrives at connecting, an empty one clears it."""
    body = json.dumps(a_placement_body(surface="ereader.lock"))
    await runtime.publish(f"{OWN}/placement", body, qos=1, retain=True)
    seen: list[Placement | None] = []

    async with a_link(port) as link, asyncio.timeout(5):
        placements = link.placements()
        seen.append(await anext(placements))
        await runtime.publish(f"{OWN}/placement", b"", qos=1, retain=True)
        seen.append(await anext(placements))
        await placements.aclose()

    assert [one.id if one else None for one in seen] == ["p-1", None]


async def test_a_malformed_placement_is_not_shown_and_an_error_is_logged(
    port: int, runtime: aiomqtt.Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither ends the link: the next good placement is seen."""
    error = {"topic": "readings", "field": "record 3: t", "rule": "at most 5 minutes ahead"}
    async with a_link(port) as link, asyncio.timeout(5):
        await runtime.publish(f"{OWN}/placement", b"{", qos=1)
        await runtime.publish(f"{OWN}/errors", json.dumps(error), qos=1)
        await runtime.publish(f"{OWN}/placement", json.dumps(a_placement_body()), qos=1)
        placements = link.placements()
        shown = await anext(placements)
        await placements.aclose()

    assert shown
    assert shown.id == "p-1"
    assert "placement.malformed" in caplog.text
    assert "record 3: t" in caplog.text


async def test_sends_what_was_pressed(port: int, runtime: aiomqtt.Client) -> None:
    """A reaction names its placement, its kind and its instant."""
    async with a_link(port) as link:
        await link.send_reaction(Reaction(placement="p-1", kind="save", at=NOON))

    said = dict(await heard(runtime, 3))
    expected = {"placement": "p-1", "kind": "save", "at": int(NOON.timestamp())}
    assert json.loads(said["reaction"]) == expected


async def test_a_wrong_password_is_a_lost_link(port: int) -> None:
    """Not a crash, and not a link."""
    stranger = some_credentials(device="fridge-0000")

    with pytest.raises(LinkLostError):
        async with open_mqtt("127.0.0.1", port, stranger, {}):
            pytest.fail("opened a link with a wrong password")


async def test_a_broker_that_goes_away_is_a_lost_link(tmp_path: Path) -> None:
    """Whoever waits for placements learns of it at once."""
    chosen = free_tcp_port()
    async with open_mosquitto(tmp_path, port=chosen) as broker, a_link(chosen) as link:
        broker.terminate()

        with pytest.raises(LinkLostError):
            await asyncio.wait_for(anext(link.placements()), 5)


async def test_pairs_with_the_right_code(port: int, runtime: aiomqtt.Client) -> None:
    """The request carries the manifest; the answer, opened with the code, carries the name."""
    attempt = Attempt.with_code(CODE, {"title": "E-reader"}, nonce=bytes(16))
    async with asyncio.TaskGroup() as tasks:
        pairing = tasks.create_task(pair_over_mqtt("127.0.0.1", port, attempt, now=NOON))
        tasks.create_task(answer_pairing(runtime))

    assert pairing.result().device == "ereader-7f3a"
    assert pairing.result().joined == NOON


async def test_does_not_pair_with_a_wrong_code(port: int, runtime: aiomqtt.Client) -> None:
    """The runtime says no, and no more."""
    attempt = Attempt.with_code("0123-4567-89AC", {}, nonce=bytes(16))
    with pytest.RaisesGroup(PairingError):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(answer_pairing(runtime))
            tasks.create_task(pair_over_mqtt("127.0.0.1", port, attempt, now=NOON))
