"""What every broker of the home promises: the same suite on the embedded one and on Mosquitto."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from edge.adapters.local import embedded_switch
from edge.adapters.local.broker import BrokerKind
from edge.adapters.local.broker_limits import MESSAGES_MOST, PACKET_MOST
from edge.domain.measures import DeviceId
from tests.fakes import mqtt_bytes
from tests.fakes.home_broker import EREADER, FRIDGE, HomeBroker, open_home_broker
from tests.fakes.mqtt_client import RawClient, raw_client

NONCE = "00112233445566778899aabbccddeeff"


def on(device: str, name: str) -> str:
    """A device's topic."""
    return f"doorstep/v1/{device}/{name}"


def hello(home: HomeBroker, *, keep_alive_s: int = 60, will_of: str = FRIDGE) -> bytes:
    """The fridge's CONNECT, with somebody's `offline` as its will."""
    return mqtt_bytes.connect(
        "f",
        user=FRIDGE,
        password=home.passwords[FRIDGE],
        keep_alive_s=keep_alive_s,
        will=(on(will_of, "availability"), b"offline"),
    )


@pytest.fixture(params=["embedded", pytest.param("mosquitto", marks=pytest.mark.slow)])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[HomeBroker]:
    """A broker with a paired fridge and a paired e-reader."""
    async with open_home_broker(BrokerKind(request.param), tmp_path) as home:
        yield home


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
            await polite.send(hello(home), mqtt_bytes.DISCONNECT)
            assert await polite.is_cut_off()
        assert await edge.hears_nothing()
        async with raw_client(home.port) as rude:
            await rude.send(hello(home))
            assert await rude.connack() == 0
        heard = await edge.hear()
        assert heard is not None
        assert heard.payload == b"offline"
    async with home.client("edge") as later:
        await later.subscribe("doorstep/v1/+/availability")
        stands = await later.hear()
        assert stands is not None
        assert (stands.payload, stands.retain) == (b"offline", True)


async def test_a_will_on_a_foreign_topic_is_not_said(home: HomeBroker) -> None:
    """The ACL holds for wills too."""
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/availability")
        async with raw_client(home.port) as rude:
            await rude.send(hello(home, will_of=EREADER))
            await rude.packet()
        assert await edge.hears_nothing()


async def test_a_silent_client_is_given_up_after_its_keep_alive(home: HomeBroker) -> None:
    """One and a half times the keep-alive, and its will is said."""
    async with home.client("edge") as edge, raw_client(home.port) as silent:
        await edge.subscribe("doorstep/v1/+/availability")
        await silent.send(hello(home, keep_alive_s=1))
        assert await silent.connack() == 0
        heard = await edge.hear(within_s=10)
        assert heard is not None
        assert heard.payload == b"offline"


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


async def test_a_wrong_password_opens_nothing(home: HomeBroker) -> None:
    """Nor does an unknown user, another's password or none."""
    for user, password in (
        (FRIDGE, "wrong"),
        (FRIDGE, home.passwords[EREADER]),
        ("edge", ""),
        ("edge", "edge"),
        ("nobody", "nobody"),
        ("", ""),
    ):
        async with raw_client(home.port) as client:
            assert await client.connect("c", user=user, password=password) in {4, 5}
            assert await client.is_cut_off()


async def test_a_wrong_password_harms_nobody(home: HomeBroker) -> None:
    """The real owner of the client id stays connected and keeps its session."""
    async with home.client(FRIDGE, "f", clean=False) as fridge:
        await fridge.subscribe(on(FRIDGE, "errors"))
        async with raw_client(home.port) as thief:
            assert await thief.connect("f", user=FRIDGE, password="wrong") == 5
        await fridge.ping()
    async with raw_client(home.port) as thief:
        assert await thief.connect("f", user=FRIDGE, password="wrong") == 5
    async with home.client("edge") as edge:
        await edge.publish(on(FRIDGE, "errors"), b"kept")
    async with home.client(FRIDGE, "f", clean=False) as fridge:
        heard = await fridge.hear()
        assert heard is not None
        assert heard.payload == b"kept"


async def test_a_foreign_client_id_opens_nothing(home: HomeBroker) -> None:
    """A session belongs to its user: its messages go to nobody else."""
    async with home.client(EREADER, "shared", clean=False) as ereader:
        await ereader.subscribe(on(EREADER, "errors"))
    async with home.client("edge") as edge, raw_client(home.port) as fridge:
        await edge.publish(on(EREADER, "errors"), b"private")
        await fridge.connect("shared", user=FRIDGE, password=home.passwords[FRIDGE], clean=False)
        await edge.publish(on(EREADER, "errors"), b"private too")
        assert await _hears_nothing(fridge)


async def test_a_foreign_client_id_ends_nobody(
    home: HomeBroker, request: pytest.FixtureRequest
) -> None:
    """The e-reader stays connected when the fridge takes its client id."""
    if "mosquitto" in request.node.name:
        reason = "Mosquitto 2.0 knows client ids only: see ADR 0041"
        request.applymarker(pytest.mark.xfail(reason=reason, raises=(EOFError, OSError)))
    async with home.client(EREADER, "shared") as ereader:
        async with raw_client(home.port) as fridge:
            await fridge.connect("shared", user=FRIDGE, password=home.passwords[FRIDGE])
        await ereader.ping()


async def test_silent_sockets_keep_nobody_out(home: HomeBroker) -> None:
    """With 100 connections that say nothing, a fridge still gets in."""
    silent = [await asyncio.open_connection("127.0.0.1", home.port) for _ in range(100)]
    try:
        async with home.client(FRIDGE) as fridge:
            await fridge.ping()
    finally:
        for _, writer in silent:
            writer.transport.abort()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"GET / HTTP/1.1\r\n\r\n", id="not MQTT"),
        pytest.param(mqtt_bytes.packet(0x10, b""), id="empty connect"),
        pytest.param(b"\x10\xff\xff\xff\xff\x7f", id="impossible length"),
        pytest.param(mqtt_bytes.PING, id="ping first"),
    ],
)
async def test_a_wrong_beginning_ends_the_connection(home: HomeBroker, data: bytes) -> None:
    """Nothing but CONNECT opens a connection."""
    async with raw_client(home.port) as client:
        await client.send(data)
        assert await client.is_cut_off()
    async with home.client(FRIDGE) as fridge:
        await fridge.ping()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(mqtt_bytes.packet(0x00, b""), id="reserved type"),
        pytest.param(mqtt_bytes.packet(0x36, b"\0\1a\0\1"), id="qos 3"),
        pytest.param(mqtt_bytes.publish("a/#", b""), id="wildcard in a topic"),
        pytest.param(mqtt_bytes.packet(0x82, b"\0\1"), id="subscribe to nothing"),
        pytest.param(mqtt_bytes.packet(0x80, b"\0\1\0\1a\1"), id="wrong flags"),
        pytest.param(mqtt_bytes.packet(0x30, b"\0\1\xff"), id="not UTF-8"),
    ],
)
async def test_a_malformed_packet_ends_the_connection(home: HomeBroker, data: bytes) -> None:
    """And only that connection; the will is said."""
    async with home.client("edge") as edge, raw_client(home.port) as client:
        await edge.subscribe("doorstep/v1/+/availability")
        await client.send(hello(home), data)
        assert await client.is_cut_off()
        assert await edge.hear() is not None


async def test_a_second_connect_ends_the_connection(home: HomeBroker) -> None:
    """Whoever it claims to be from."""
    async with home.client(FRIDGE) as client:
        await client.send(mqtt_bytes.connect("e", user="edge", password=home.passwords["edge"]))
        assert await client.is_cut_off()


async def test_an_oversized_packet_ends_the_connection(home: HomeBroker) -> None:
    """Before its body is taken in; the largest allowed one passes."""
    head = len(mqtt_bytes.publish(on(FRIDGE, "readings"), b"", qos=1))
    async with home.client("edge") as edge, home.client(FRIDGE) as fridge:
        await edge.subscribe("doorstep/v1/+/readings")
        await fridge.publish(on(FRIDGE, "readings"), b"x" * (PACKET_MOST - head - 8))
        assert await edge.hear() is not None
        await fridge.send(b"\x30\xff\xff\x7f", b"x" * 1_000)
        assert await fridge.is_cut_off()


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


async def test_no_appliance_fills_the_broker_with_retained_messages(home: HomeBroker) -> None:
    """However many topics it tries, only its own stand."""
    async with home.client(FRIDGE) as fridge:
        await fridge.send(
            *(
                mqtt_bytes.publish(on(FRIDGE, f"manifest/{n}"), b"x" * 1_000, qos=0, retain=True)
                for n in range(2_000)
            )
        )
        await fridge.publish(on(FRIDGE, "manifest"), b"{}", retain=True)
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/#")
        assert [one.topic for one in await edge.hear_all()] == [on(FRIDGE, "manifest")]


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


async def _hears_nothing(client: RawClient) -> bool:
    """Whether it was refused, or hears nothing."""
    try:
        return await client.hears_nothing()
    except (EOFError, OSError):
        return True
