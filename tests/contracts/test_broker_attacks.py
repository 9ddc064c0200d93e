"""What every broker of the home promises: whoever misbehaves harms nobody but themselves."""

import asyncio

import pytest

from edge.adapters.local.broker_limits import PACKET_MOST
from tests.fakes import mqtt_bytes
from tests.fakes.home_broker import EREADER, FRIDGE, HomeBroker, fridge_hello, on
from tests.fakes.mqtt_client import RawClient, raw_client


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
        await client.send(fridge_hello(home), data)
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


async def _hears_nothing(client: RawClient) -> bool:
    """Whether it was refused, or hears nothing."""
    try:
        return await client.hears_nothing()
    except (EOFError, OSError):
        return True
