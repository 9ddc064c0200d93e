"""The embedded broker against clients nobody here wrote, and against thousands of broken ones."""

import asyncio
import json
import struct
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from edge.adapters.local import embedded_switch
from edge.adapters.local.accounts import open_accounts
from edge.adapters.local.broker import BrokerKind, BrokerPlan, open_broker
from edge.adapters.local.broker_limits import MESSAGES_MOST, WINDOW
from edge.adapters.local.embedded_broker import LOBBY_MOST
from edge.adapters.local.embedded_switch import SESSIONS_OF_ONE_MOST
from edge.errors import UnreachableError
from tests.fakes import mqtt_bytes
from tests.fakes.broker_process import broker_process
from tests.fakes.dice import SeededBytes
from tests.fakes.home_broker import EREADER, FRIDGE, HomeBroker, demand_program, open_home_broker
from tests.fakes.mqtt_client import RawClient, raw_client

READINGS = f"doorstep/v1/{FRIDGE}/readings"
PLACEMENT = f"doorstep/v1/{FRIDGE}/placement"
ERRORS = f"doorstep/v1/{FRIDGE}/errors"
MIB = 1024 * 1024

_AT_ONCE = 8
"""As many as one appliance may have."""


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[HomeBroker]:
    """The embedded broker."""
    async with open_home_broker(BrokerKind.EMBEDDED, tmp_path) as home:
        yield home


@pytest.mark.parametrize("host", [".".join("0000"), "192.168.1.10", "::", "localhost", ""])
async def test_it_listens_on_loopback_or_not_at_all(tmp_path: Path, host: str) -> None:
    """Any other address is refused in code."""
    accounts = await open_accounts(tmp_path, random_bytes=SeededBytes())
    plan = BrokerPlan(kind=BrokerKind.EMBEDDED, host=host, folder=tmp_path)
    async with asyncio.TaskGroup() as tasks:
        with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
            async with open_broker(
                plan, accounts=accounts, password="p", dice=Random(1), tasks=tasks
            ):
                pass


async def test_a_taken_port_is_said(home: HomeBroker, tmp_path: Path) -> None:
    """With its address, as one of our errors."""
    with pytest.raises(ExceptionGroup) as raised:
        async with open_home_broker(BrokerKind.EMBEDDED, tmp_path / "2", port=home.port):
            pass
    assert raised.group_contains(UnreachableError, match=f"127.0.0.1:{home.port}")


async def test_a_subscription_to_others_is_refused_as_such(home: HomeBroker) -> None:
    """SUBACK says 0x80 for each filter that reaches further than the appliance may."""
    async with home.client(FRIDGE) as fridge:
        wide = ("#", f"doorstep/v1/{FRIDGE}/#", "doorstep/v1/+/placement", READINGS)
        assert await fridge.subscribe(*wide, PLACEMENT) == [0x80, 0x80, 0x80, 0x80, 1]


async def test_what_only_happens_does_not_stand(home: HomeBroker) -> None:
    """Readings and pairing requests with a RETAIN flag are heard, and not kept."""
    request = f"doorstep/v1/pairing/{0:032x}/request"
    async with home.client("edge") as edge, home.client("pairing", "p") as new:
        await edge.subscribe("doorstep/v1/#")
        async with home.client(FRIDGE) as fridge:
            await fridge.publish(READINGS, b"[]", retain=True)
        await new.publish(request, b"{}", retain=True)
        assert [one.topic for one in await edge.hear_all(2)] == [READINGS, request]
    async with home.client("edge") as later:
        await later.subscribe("doorstep/v1/#")
        assert await later.hears_nothing()


async def test_one_appliance_cannot_take_all_sessions(home: HomeBroker) -> None:
    """Its ninth connection is refused; the others do not notice."""
    async with home.client(EREADER) as ereader:
        writers = [await _connected(home, f"f{number}") for number in range(SESSIONS_OF_ONE_MOST)]
        async with raw_client(home.port) as ninth:
            assert await ninth.connect("x", user=FRIDGE, password=home.passwords[FRIDGE]) == 3
        await ereader.ping()
        for writer in writers:
            writer.transport.abort()


async def test_abandoned_sessions_make_room(home: HomeBroker) -> None:
    """The oldest persistent session that nobody uses is given up for a new one."""
    for number in range(SESSIONS_OF_ONE_MOST + 5):
        async with home.client(FRIDGE, f"f{number}", clean=False) as fridge:
            await fridge.send(mqtt_bytes.DISCONNECT)
            assert await fridge.is_cut_off()


async def test_a_new_appliance_finds_room_in_a_house_full_of_abandoned_sessions(
    home: HomeBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's abandoned session goes; the runtime's stays although it is away."""
    monkeypatch.setattr(embedded_switch, "SESSIONS_MOST", 3)
    async with home.client("edge", clean=False) as edge:
        await edge.subscribe("doorstep/v1/+/readings")
    for number in range(4):
        async with home.client(FRIDGE, f"f{number}", clean=False) as fridge:
            await fridge.send(mqtt_bytes.DISCONNECT)
            assert await fridge.is_cut_off()
    async with home.client(EREADER) as ereader:
        await ereader.publish(f"doorstep/v1/{EREADER}/readings", b"[]")
    async with home.client("edge", clean=False) as edge:
        assert await edge.hear() is not None


async def test_the_oldest_silent_socket_goes_first(home: HomeBroker) -> None:
    """One more than the lobby holds ends the first, not the newest."""
    async with raw_client(home.port) as first:
        rest = [await asyncio.open_connection("127.0.0.1", home.port) for _ in range(LOBBY_MOST)]
        assert await first.is_cut_off()
        async with home.client(FRIDGE) as fridge:
            await fridge.ping()
        for _, writer in rest:
            writer.transport.abort()


async def test_another_protocol_version_is_told_so(home: HomeBroker) -> None:
    """MQTT 3.1 by its return code, MQTT 5 by its reason code: no client waits in vain."""
    async with raw_client(home.port) as old:
        await old.send(mqtt_bytes.packet(0x10, mqtt_bytes.string("MQTT") + b"\x03\xc2\0\x3c"))
        assert await old.connack() == 1
    async with raw_client(home.port) as new:
        await new.send(mqtt_bytes.packet(0x10, mqtt_bytes.string("MQTT") + b"\x05\xc2\0\x3c\0"))
        assert (await new.packet()).body == b"\x00\x84\x00"


async def test_a_busy_runtime_makes_appliances_wait(home: HomeBroker) -> None:
    """Beyond half of its room an acknowledgement comes late, and comes as soon as it has room."""
    async with home.client("edge") as edge, home.client(FRIDGE) as fridge:
        await edge.subscribe("doorstep/v1/+/readings")
        for _ in range(MESSAGES_MOST // 2 + WINDOW + 1):
            await fridge.publish(READINGS, b"[]")
        await fridge.send(mqtt_bytes.publish(READINGS, b"[]"))
        with pytest.raises(TimeoutError):
            await fridge.packet(within_s=0.1)
        await edge.hear_all(100)
        await fridge.packet(within_s=0.5)


@pytest.mark.slow
async def test_mosquitto_pub_and_sub_are_at_home(home: HomeBroker) -> None:
    """Debian's clients publish, subscribe, get retained messages and a persistent session."""
    async with home.client("edge") as edge:
        await edge.subscribe("doorstep/v1/+/readings")
        await _mosquitto(home, "pub", "-t", READINGS, "-m", "[]", "-q", "1", "-r")
        heard = await edge.hear()
        assert heard is not None
        assert heard.payload == b"[]"
        await edge.publish(PLACEMENT, b"butter", retain=True)
    once = ("-t", PLACEMENT, "-q", "1", "-C", "1", "-W", "10")
    assert await _mosquitto(home, "sub", *once) == b"butter\n"
    lasting = ("-t", ERRORS, "-q", "1", "-i", "f", "-c", "-W", "10")
    await _mosquitto(home, "sub", *lasting, "-E")
    async with home.client("edge") as edge:
        await edge.publish(ERRORS, b"while you were away")
    assert await _mosquitto(home, "sub", *lasting, "-C", "1") == b"while you were away\n"


@pytest.mark.slow
async def test_mosquitto_sub_is_refused_what_is_not_its_own(home: HomeBroker) -> None:
    """SUBACK says 0x80, and the client says so."""
    foreign = f"doorstep/v1/{EREADER}/placement"
    said = await _mosquitto(home, "sub", "-t", foreign, "-q", "1", "-C", "1", "-W", "2")
    assert b"All subscription requests were denied" in said


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_2000_broken_connections_leave_it_as_it_was(tmp_path: Path) -> None:
    """A mad e-reader: the broker lives, a good fridge gets through, memory and log stay small."""
    dice = Random(5)
    async with broker_process(BrokerKind.EMBEDDED, tmp_path) as (process, port, passwords):
        async with _fridge(port, passwords[FRIDGE]) as fridge:
            before = await _weigh(fridge)
        for start in range(0, 2_000, _AT_ONCE):
            numbers = range(start, start + _AT_ONCE)
            await asyncio.gather(*(_one_broken(dice, port, passwords[EREADER], n) for n in numbers))
        async with _fridge(port, passwords[FRIDGE]) as fridge:
            after = await _weigh(fridge)
        assert process.returncode is None
    log = (tmp_path / "log").read_bytes()
    print(f"RSS {before / MIB:.1f} -> {after / MIB:.1f} MiB, log {len(log)} B")  # noqa: T201  -- a figure to read
    assert after - before < 10 * MIB
    assert len(log) < 100_000
    assert b"Traceback" not in log


async def _connected(home: HomeBroker, client_id: str) -> asyncio.StreamWriter:
    reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
    client = RawClient(reader, writer)
    assert await client.connect(client_id, user=FRIDGE, password=home.passwords[FRIDGE]) == 0
    return writer


async def _mosquitto(home: HomeBroker, verb: str, *arguments: str) -> bytes:
    """What Debian's client prints."""
    program = demand_program(f"mosquitto_{verb}")
    login = ("-h", "127.0.0.1", "-p", str(home.port), "-u", FRIDGE, "-P", home.passwords[FRIDGE])
    process = await asyncio.create_subprocess_exec(
        program, *login, *arguments, stdout=PIPE, stderr=PIPE
    )
    said, complained = await process.communicate()
    return said + complained


@asynccontextmanager
async def _fridge(port: int, password: str) -> AsyncIterator[RawClient]:
    async with raw_client(port) as client:
        assert await client.connect("good", user=FRIDGE, password=password) == 0
        await client.subscribe(ERRORS)
        yield client


async def _weigh(fridge: RawClient) -> int:
    """The size of the broker's process, told over itself."""
    await fridge.publish(READINGS, b"[]")
    answer = await fridge.hear()
    assert answer is not None
    return int(json.loads(answer.payload)["rss"])


async def _one_broken(dice: Random, port: int, password: str, number: int) -> None:
    """A connection that says something wrong, or the right things in a wrong way."""
    with suppress(OSError, EOFError, TimeoutError):
        async with raw_client(port) as client:
            await client.send(_broken(dice, password, number))
            await client.is_cut_off(within_s=0.05)


def _broken(dice: Random, password: str, number: int) -> bytes:
    hello = mqtt_bytes.connect(f"e{number % 50}", user=EREADER, password=password)
    match number % 5:
        case 0:
            return dice.randbytes(dice.randrange(1, 200))
        case 1:
            return _mutated(dice, hello)
        case _:
            packets = _packets(dice)
            dice.shuffle(packets)
            some = packets[: dice.randrange(1, 6)]
            return hello + b"".join(_mutated(dice, p) if dice.random() < 0.5 else p for p in some)


def _packets(dice: Random) -> list[bytes]:
    topic = dice.choice([f"doorstep/v1/{EREADER}/readings", READINGS, "", "#", "$SYS/x"])
    wide = dice.choice([f"doorstep/v1/{EREADER}/errors", "#/a", "+", "a+b", "$share/g/x", ""])
    return [
        mqtt_bytes.publish(topic, dice.randbytes(dice.randrange(100)), qos=dice.randrange(4)),
        mqtt_bytes.subscribe(wide, qos=dice.randrange(4)),
        mqtt_bytes.unsubscribe(wide),
        mqtt_bytes.PING,
        mqtt_bytes.puback(dice.randrange(4)),
        mqtt_bytes.packet(0x62, struct.pack("!H", 1)),
        mqtt_bytes.packet(0xF0, b""),
        mqtt_bytes.packet(0x50, struct.pack("!H", 7)),
    ]


def _mutated(dice: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 5)):
        place = dice.randrange(len(changed) or 1)
        match dice.randrange(3):
            case 0 if changed:
                changed[place] = dice.randrange(256)
            case 1:
                del changed[place : place + dice.randrange(1, 4)]
            case _:
                changed[place:place] = dice.randbytes(dice.randrange(1, 8))
    return bytes(changed)
