"""What every broker of the home promises: what is said arrives, and arrives as it was said."""

import asyncio
from contextlib import suppress

import pytest

from edge.adapters.local import embedded_switch
from edge.adapters.local.broker_limits import MESSAGES_MOST
from tests.fakes import mqtt_bytes
from tests.fakes.home_broker import EREADER, FRIDGE, HomeBroker, fridge_hello, on
from tests.fakes.mqtt_client import raw_client


async def test_a_persistent_session_misses_nothing(home: HomeBroker) -> None:
    """What was said at QoS 1 while it was away comes in order, not marked as retained."""
    async with home.client(FRIDGE, clean=False) as fridge:
        await fridge.subscribe(on(FRIDGE, "errors"))
    async with home.client("edge") as edge:
        for number in range(50):
            await edge.publish(on(FRIDGE, "errors"), b"%d" % number)
    async with home.client(FRIDGE, clean=False) as fridge:
        heard = await fridge.hear_all(50, within_s=2)
        assert [int(one.payload) for one in heard] == list(range(50))
        assert not any(one.retain for one in heard)


async def test_an_unacknowledged_message_comes_again(home: HomeBroker) -> None:
    """Marked as a duplicate, after the connection was lost."""
    async with home.client(FRIDGE, clean=False) as fridge:
        await fridge.subscribe(on(FRIDGE, "errors"))
        async with home.client("edge") as edge:
            await edge.publish(on(FRIDGE, "errors"), b"once")
        assert await fridge.hear(acknowledge=False) is not None
    async with home.client(FRIDGE, clean=False) as fridge:
        heard = await fridge.hear()
        assert heard is not None
        assert (heard.payload, heard.again) == (b"once", True)


async def test_a_clean_session_starts_empty(home: HomeBroker) -> None:
    """Subscriptions and queued messages of before are gone."""
    async with home.client(FRIDGE, clean=False) as fridge:
        await fridge.subscribe(on(FRIDGE, "errors"))
    async with home.client("edge") as edge:
        await edge.publish(on(FRIDGE, "errors"), b"missed")
        async with home.client(FRIDGE) as fridge:
            await edge.publish(on(FRIDGE, "errors"), b"missed too")
            assert await fridge.hears_nothing()


async def test_a_client_takes_over_its_own_connection(home: HomeBroker) -> None:
    """The same user with the same client id: the older connection ends."""
    async with home.client(FRIDGE) as old, home.client(FRIDGE) as new:
        assert await old.is_cut_off()
        await new.ping()


@pytest.mark.parametrize("qos", [0, 1])
async def test_a_burst_before_goodbye_arrives_whole(home: HomeBroker, qos: int) -> None:
    """500 messages and DISCONNECT in one breath: all of them, in order, at the QoS they had."""
    burst = [
        mqtt_bytes.publish(on(FRIDGE, "readings"), b"%d" % n, qos=qos, packet_id=n + 1)
        for n in range(500)
    ]
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/readings")
        async with home.client(FRIDGE) as fridge:
            await fridge.send(*burst, mqtt_bytes.DISCONNECT)
            heard = await edge.hear_all(500, within_s=2)
    assert [int(one.payload) for one in heard] == list(range(500))
    assert {one.qos for one in heard} == {qos}


@pytest.mark.slow
async def test_3200_messages_of_16_publishers_arrive(home: HomeBroker) -> None:
    """At QoS 1, all at once: none is lost, none comes twice, each publisher's are in order."""

    async def speak(device: str, number: int) -> None:
        async with home.client(device, f"{device}-{number}") as client:
            for count in range(200):
                await client.publish(on(device, "readings"), b"%d/%d" % (number, count))

    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/readings")
        async with asyncio.TaskGroup() as tasks:
            for number in range(8):
                tasks.create_task(speak(FRIDGE, number))
                tasks.create_task(speak(EREADER, number))
            heard = await edge.hear_all(3_200, within_s=3)
    for device in (FRIDGE, EREADER):
        for number in range(8):
            of_one = [
                one.payload
                for one in heard
                if one.topic == on(device, "readings") and one.payload.startswith(b"%d/" % number)
            ]
            assert of_one == [b"%d/%d" % (number, count) for count in range(200)]


async def test_a_stuck_runtime_loses_nothing_that_was_acknowledged(
    home: HomeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages wait for it; when there is no room for more, none is acknowledged any more."""
    monkeypatch.setattr(embedded_switch, "PATIENCE_S", 0.0)
    acknowledged = 0
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/readings")
        async with home.client(FRIDGE) as fridge:
            with suppress(EOFError, OSError):
                while acknowledged < 1_500:
                    await fridge.publish(on(FRIDGE, "readings"), b"%d" % acknowledged)
                    acknowledged += 1
        heard = await edge.hear_all()
    assert acknowledged >= MESSAGES_MOST
    assert [int(one.payload) for one in heard] == list(range(acknowledged))


async def test_a_subscriber_that_never_reads_slows_nobody(home: HomeBroker) -> None:
    """The fridge takes nothing off its socket; the e-reader hears at once."""
    async with (
        home.client("edge") as edge,
        home.client(FRIDGE) as fridge,
        home.client(EREADER) as ereader,
    ):
        await fridge.subscribe(on(FRIDGE, "errors"))
        await ereader.subscribe(on(EREADER, "errors"))
        for _ in range(300):
            await edge.publish(on(FRIDGE, "errors"), b"x" * 30_000)
        await edge.publish(on(EREADER, "errors"), b"prompt")
        heard = await ereader.hear(within_s=2)
        assert heard is not None
        assert heard.payload == b"prompt"


async def test_a_retained_placement_waits_for_its_appliance(home: HomeBroker) -> None:
    """With the RETAIN flag, to whoever subscribes later; empty takes it away."""
    async with home.client("edge") as edge:
        await edge.publish(on(FRIDGE, "placement"), b"old", retain=True)
        await edge.publish(on(FRIDGE, "placement"), b"new", retain=True)
        async with home.client(FRIDGE) as fridge:
            await fridge.subscribe(on(FRIDGE, "placement"))
            heard = await fridge.hear()
            assert heard is not None
            assert (heard.payload, heard.retain, heard.qos) == (b"new", True, 1)
            await edge.publish(on(FRIDGE, "placement"), b"", retain=True)
            cleared = await fridge.hear()
            assert cleared is not None
            assert (cleared.payload, cleared.retain) == (b"", False)
        async with home.client(FRIDGE) as fridge:
            await fridge.subscribe(on(FRIDGE, "placement"))
            assert await fridge.hears_nothing()


async def test_a_will_is_said_when_an_appliance_vanishes(home: HomeBroker) -> None:
    """Offline, retained; not when it said goodbye."""
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/availability")
        async with raw_client(home.port) as polite:
            await polite.send(fridge_hello(home), mqtt_bytes.DISCONNECT)
            assert await polite.is_cut_off()
        assert await edge.hears_nothing()
        async with raw_client(home.port) as rude:
            await rude.send(fridge_hello(home))
            assert await rude.connack() == 0
        heard = await edge.hear()
        assert heard is not None
        assert heard.payload == b"offline"
    async with home.client("edge") as later:
        await later.subscribe("doorstep/v1/+/availability")
        stands = await later.hear()
        assert stands is not None
        assert (stands.payload, stands.retain) == (b"offline", True)


async def test_a_silent_client_is_given_up_after_its_keep_alive(home: HomeBroker) -> None:
    """One and a half times the keep-alive, and its will is said."""
    async with home.client("edge") as edge, raw_client(home.port) as silent:
        await edge.subscribe("doorstep/v1/+/availability")
        await silent.send(fridge_hello(home, keep_alive_s=1))
        assert await silent.connack() == 0
        heard = await edge.hear(within_s=10)
        assert heard is not None
        assert heard.payload == b"offline"
