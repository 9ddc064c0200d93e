"""One connection at a time, made again; nothing counts as delivered before it was dealt with."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest
from aiomqtt import Message, MqttError

from edge.adapters.local import mqtt_client
from edge.adapters.local.broker import BrokerAddress, BrokerKind
from edge.adapters.local.mqtt_client import (
    WAITING_MOST,
    WAITING_QOS_0_MOST,
    PatientClient,
    PatientQueue,
)
from edge.adapters.local.mqtt_link import Heard, MqttLink
from edge.errors import UnreachableError
from tests.fakes.home_broker import FRIDGE, HomeBroker, open_home_broker
from tests.fakes.mqtt_link import QUICK_S, Ears, quick_link, running

READINGS = f"doorstep/v1/{FRIDGE}/readings"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[HomeBroker]:
    """The embedded broker."""
    async with open_home_broker(BrokerKind.EMBEDDED, tmp_path) as home:
        yield home


async def test_what_is_published_is_heard(home: HomeBroker) -> None:
    """Both ways, by the listener that asked for the topic."""
    readings, errors = Ears(), Ears(filters=("doorstep/v1/+/errors",))
    async with running(quick_link(home.broker.address), [readings, errors]) as link:
        await errors.until(lambda ears: ears.connections == 1)
        await link.publish(READINGS, b"[]")
        await readings.until(lambda ears: len(ears.heard) == 1)
        assert readings.heard == [Heard(topic=READINGS, payload=b"[]", retain=False)]
        assert errors.heard == []


async def test_a_burst_is_heard_whole_by_a_slow_listener(home: HomeBroker) -> None:
    """The broker waits for acknowledgements: nothing is dropped, nothing overtakes."""

    async def slowly(_: Heard) -> None:
        await asyncio.sleep(0.001)

    ears = Ears(first=slowly)
    async with running(quick_link(home.broker.address), [ears]), home.client(FRIDGE) as fridge:
        await ears.until(lambda ears: ears.connections == 1)
        for number in range(400):
            await fridge.publish(READINGS, b"%d" % number)
        await ears.until(lambda ears: len(ears.heard) == 400)
    assert [int(one.payload) for one in ears.heard] == list(range(400))


async def test_a_message_that_was_not_dealt_with_comes_again(home: HomeBroker) -> None:
    """The runtime ends in the middle of it; the next one gets it."""
    started = asyncio.Event()

    async def never_done(_: Heard) -> None:
        started.set()
        await asyncio.Event().wait()

    stuck, ears = Ears(first=never_done), Ears()
    async with home.client(FRIDGE) as fridge:
        async with running(quick_link(home.broker.address), [stuck]):
            await stuck.until(lambda ears: ears.connections == 1)
            await fridge.publish(READINGS, b"once")
            await started.wait()
        await fridge.publish(READINGS, b"meanwhile")
    async with running(quick_link(home.broker.address), [ears]):
        await ears.until(lambda ears: len(ears.heard) == 2)
    assert [one.payload for one in ears.heard] == [b"once", b"meanwhile"]


async def test_without_a_broker_publishing_says_so() -> None:
    """Nothing is queued behind the caller's back."""
    link = MqttLink(_nowhere(), dice=Random(1))
    assert not link.up
    with pytest.raises(UnreachableError):
        await link.publish(READINGS, b"")


async def test_an_outage_is_logged_once_down_and_once_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However often it was tried in between; afterwards everything is heard again."""
    caplog.set_level(logging.INFO)
    ears = Ears()
    async with AsyncExitStack() as stack:
        async with open_home_broker(BrokerKind.EMBEDDED, tmp_path / "1") as before:
            address = before.broker.address
            link = await stack.enter_async_context(running(quick_link(address), [ears]))
            await ears.until(lambda ears: ears.connections == 1)
        await asyncio.sleep(10 * QUICK_S)
        assert not link.up
        async with open_home_broker(BrokerKind.EMBEDDED, tmp_path / "2", port=address.port):
            await ears.until(lambda ears: ears.connections == 2)
            await link.publish(READINGS, b"[]")
            await ears.until(lambda ears: len(ears.heard) == 1)
            await stack.aclose()
    about_it = [one for one in caplog.records if ".mqtt_" in one.name or one.name == "mqtt"]
    assert [one.message.split()[0] for one in about_it] == ["mqtt.up", "mqtt.down", "mqtt.up"]


async def test_a_refused_password_is_logged_once(
    home: HomeBroker, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried again, quietly."""
    caplog.set_level(logging.INFO)
    address = BrokerAddress(host="127.0.0.1", port=home.port, user="edge", password="wrong")
    async with running(quick_link(address), [Ears()]) as link:
        for _ in range(int(10 / QUICK_S)):
            if _outages(caplog):
                break
            await asyncio.sleep(QUICK_S)
        await asyncio.sleep(15 * QUICK_S)
        assert not link.up
    assert _outages(caplog) == 1


def _outages(caplog: pytest.LogCaptureFixture) -> int:
    return sum(one.message.startswith("mqtt.down") for one in caplog.records)


async def test_a_broker_that_refuses_our_topics_is_not_a_connection(home: HomeBroker) -> None:
    """An external broker without the right ACL is told apart from one that works."""
    ears = Ears(filters=("elsewhere/#",))
    async with running(quick_link(home.broker.address), [ears]) as link:
        await asyncio.sleep(5 * QUICK_S)
        assert not link.up
    assert ears.connections == 0


async def test_a_silent_broker_leaves_no_socket_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection that was given up is closed below paho."""
    monkeypatch.setattr(mqtt_client, "ANSWER_WITHIN_S", 0.1)
    ended = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        ended.set()
        writer.close()

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(MqttError):
            await PatientClient(_nowhere(port)).__aenter__()
        async with asyncio.timeout(2):
            await ended.wait()


def a_message(qos: int) -> Message:
    """Any message."""
    return Message(topic="t", payload=b"", qos=qos, retain=False, mid=1, properties=None)


def test_what_may_be_lost_does_not_crowd_out_what_may_not() -> None:
    """A flood at QoS 0 leaves room for QoS 1; in the end there is an end."""
    queue = PatientQueue(maxsize=WAITING_MOST)
    for _ in range(WAITING_QOS_0_MOST):
        queue.put_nowait(a_message(qos=0))
    with pytest.raises(asyncio.QueueFull):
        queue.put_nowait(a_message(qos=0))
    for _ in range(WAITING_MOST - WAITING_QOS_0_MOST):
        queue.put_nowait(a_message(qos=1))
    with pytest.raises(asyncio.QueueFull):
        queue.put_nowait(a_message(qos=1))


def _nowhere(port: int = 9) -> BrokerAddress:
    return BrokerAddress(host="127.0.0.1", port=port, user="edge", password="")
