"""What every broker of the home promises: who hears what, and who is somebody.

The same suite, here and in the two files beside it, on the embedded broker and on Mosquitto.
"""

import asyncio

from edge.domain.measures import DeviceId
from tests.fakes.home_broker import EREADER, FRIDGE, HomeBroker, fridge_hello, on
from tests.fakes.mqtt_client import raw_client

NONCE = "00112233445566778899aabbccddeeff"


async def test_what_a_fridge_says_reaches_the_runtime(home: HomeBroker) -> None:
    """Readings at QoS 1, with their payload untouched."""
    async with home.client("edge") as edge, home.client(FRIDGE) as fridge:
        assert await edge.subscribe("doorstep/v1/+/readings") == [1]
        await fridge.publish(on(FRIDGE, "readings"), b"\x00[]\xff")
        heard = await edge.hear()
        assert heard is not None
        assert (heard.topic, heard.payload) == (on(FRIDGE, "readings"), b"\x00[]\xff")
        assert (heard.qos, heard.retain) == (1, False)


async def test_nobody_hears_another_appliance(home: HomeBroker) -> None:
    """Neither by its topics nor by wildcards, retained or live."""
    async with home.client("edge") as edge, home.client(FRIDGE) as fridge:
        await edge.publish(on(EREADER, "placement"), b"private", retain=True)
        for wide in ("#", "doorstep/#", "doorstep/v1/+/placement", on(EREADER, "placement")):
            await fridge.subscribe(wide)
        await edge.publish(on(EREADER, "placement"), b"private", retain=True)
        await edge.publish(on(EREADER, "errors"), b"private")
        assert await fridge.hears_nothing()


async def test_nobody_speaks_for_another_appliance(home: HomeBroker) -> None:
    """A publication on a foreign topic is dropped, and does not stay retained."""
    async with home.client("edge") as edge, home.client(FRIDGE) as fridge:
        await edge.subscribe("doorstep/v1/#")
        for name in ("readings", "manifest", "placement"):
            await fridge.publish(on(EREADER, name), b"forged", retain=True)
        await fridge.publish(on(FRIDGE, "placement"), b"forged", retain=True)
        await fridge.publish(on(FRIDGE, "errors"), b"forged")
        assert await edge.hears_nothing()
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/#")
        assert await edge.hears_nothing()


async def test_a_fridge_does_not_hear_itself_on_what_it_writes(home: HomeBroker) -> None:
    """It may write readings, not read them."""
    async with home.client(FRIDGE) as fridge:
        await fridge.subscribe(on(FRIDGE, "readings"), on(FRIDGE, "#"))
        await fridge.publish(on(FRIDGE, "readings"), b"[]")
        assert await fridge.hears_nothing()


async def test_connecting_alone_brings_no_message(home: HomeBroker) -> None:
    """What others subscribed to is not sent to a newcomer, retained or not."""
    async with home.client("edge") as edge, home.client(EREADER) as ereader:
        await ereader.subscribe(on(EREADER, "placement"))
        await edge.subscribe("doorstep/v1/#")
        await edge.publish(on(EREADER, "placement"), b"private", retain=True)
        async with home.client(FRIDGE) as fridge:
            assert await fridge.hears_nothing()


async def test_a_will_on_a_foreign_topic_is_not_said(home: HomeBroker) -> None:
    """The ACL holds for wills too."""
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/availability")
        async with raw_client(home.port) as rude:
            await rude.send(fridge_hello(home, will_of=EREADER))
            await rude.packet()
        assert await edge.hears_nothing()


async def test_whoever_pairs_reaches_pairing_and_nothing_else(home: HomeBroker) -> None:
    """A request goes to the runtime, its answer comes back; nothing of the home is heard."""
    request, answer = (f"doorstep/v1/pairing/{NONCE}/{name}" for name in ("request", "answer"))
    async with home.client("edge") as edge, home.client("pairing", "new") as new:
        await edge.subscribe("doorstep/v1/pairing/+/request", "doorstep/v1/+/readings")
        await new.subscribe("doorstep/v1/+/placement", answer)
        await new.publish(on(FRIDGE, "readings"), b"forged")
        await new.publish(request, b"let me in")
        heard = await edge.hear()
        assert heard is not None
        assert heard.topic == request
        await edge.publish(on(FRIDGE, "placement"), b"private", retain=True)
        await edge.publish(answer, b"sealed")
        told = await new.hear()
        assert told is not None
        assert told.payload == b"sealed"


async def test_two_appliances_can_pair_at_the_same_time(home: HomeBroker) -> None:
    """They share the user name, not the connection."""
    async with home.client("pairing", "one") as one, home.client("pairing", "two") as two:
        await two.ping()
        await one.ping()


async def test_a_new_account_counts_at_once(home: HomeBroker) -> None:
    """After accounts_changed it gets in, and the others stay in."""
    async with home.client(FRIDGE) as fridge:
        washer = await home.accounts.add(DeviceId("washer-1a2b"))
        await home.broker.accounts_changed()
        await asyncio.sleep(0.2)
        async with raw_client(home.port) as client:
            assert await client.connect("w", user=washer.device, password=washer.password) == 0
        await fridge.ping()


async def test_a_forgotten_appliance_is_out_at_once(home: HomeBroker) -> None:
    """Its connection ends, its password opens nothing."""
    async with home.client(FRIDGE, clean=False) as fridge, home.client(EREADER) as ereader:
        await home.forget(FRIDGE)
        assert await fridge.is_cut_off()
        await ereader.ping()
    async with raw_client(home.port) as client:
        assert await client.connect("f", user=FRIDGE, password=home.passwords[FRIDGE]) == 5
