"""Who is asking, how much and in how many pieces: over OSCORE and real sockets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import cbor2
import pytest
from aiocoap import Message
from aiocoap.numbers.codes import Code

from edge.adapters.local.coap_guard import CoapLimits, Rate
from edge.wire.encoding import Encoding
from tests.adapters.local.coap_home import (
    EREADER,
    FRIDGE,
    Client,
    Home,
    a_client,
    a_home,
    client_context,
    datagram,
    datagram_answered,
    datagrams_answered,
    paired,
    sealed_readings,
)
from tests.builders import a_placement, a_surface


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with a_home(tmp_path / "accounts") as home:
        yield home


@pytest.fixture
async def fridge_folder(home: Home, tmp_path: Path) -> Path:
    return await paired(home, FRIDGE, tmp_path / "clients")


@pytest.fixture
async def fridge(home: Home, fridge_folder: Path) -> AsyncIterator[Client]:
    async with a_client(home.address, fridge_folder) as client:
        yield client


@pytest.fixture
async def stranger(home: Home) -> AsyncIterator[Client]:
    async with a_client(home.address) as client:
        yield client


async def test_a_long_body_arrives_whole(home: Home, fridge: Client) -> None:
    """16 KiB travel in sixteen blocks and are passed on once, as one."""
    body = bytes(range(256)) * 64
    answer = await fridge.ask(Code.PUT, "/v1/manifest", body, content_format=432)
    assert answer.code == Code.CHANGED
    assert home.reception.heard == [("manifest", FRIDGE, body)]


async def test_a_body_over_the_limit_is_refused(home: Home, fridge: Client) -> None:
    """One byte over 16 KiB is 4.13, and nothing is passed on."""
    answer = await fridge.ask(Code.POST, "/v1/readings", bytes(16_385), content_format=112)
    assert answer.code == Code.REQUEST_ENTITY_TOO_LARGE
    assert home.reception.heard == []


async def test_the_same_body_can_be_sent_again(home: Home, fridge: Client) -> None:
    """A finished upload leaves nothing behind that the next one stumbles over."""
    for _ in range(3):
        answer = await fridge.ask(Code.POST, "/v1/reaction", bytes(1_500), content_format=60)
        assert answer.code == Code.CHANGED
    assert len(home.reception.heard) == 3


async def test_an_observer_sees_each_change_within_a_second(home: Home, fridge: Client) -> None:
    """Nothing, then an offer, then nothing again: each notified, the withdrawal too."""
    door = await fridge.observe("/v1/placement/fridge.door")
    assert (door.first.code, door.first.payload) == (Code.CONTENT, b"")
    await home.surfaces.show(a_placement(), language="en")
    shown = cbor2.loads((await door.next()).payload)
    assert (shown["placement"], shown["language"]) == ("p-6c1f9a2e41d70b58", "en")
    await home.surfaces.clear(a_surface())
    assert (await door.next()).payload == b""


async def test_an_unknown_context_is_refused(home: Home, tmp_path: Path) -> None:
    """A context of somebody else's home is 4.01: nobody here knows its key."""
    async with a_home(tmp_path / "elsewhere") as elsewhere:
        folder = await paired(elsewhere, EREADER, tmp_path / "guests")
    async with a_client(home.address, folder) as guest:
        answer = await guest.ask(Code.POST, "/v1/readings", b"pack", content_format=112)
    assert answer.code == Code.UNAUTHORIZED
    assert answer.payload == b"Security context not found"
    assert home.reception.heard == []


async def test_a_replayed_request_is_refused(home: Home, fridge_folder: Path) -> None:
    """The same protected bytes under a new message id are 4.01 and change nothing."""
    with client_context(fridge_folder) as context:
        protected = sealed_readings(context)
    first = await datagram_answered(home.address, datagram(protected, message_id=1))
    assert first.code == Code.CHANGED
    assert len(home.reception.heard) == 1
    again = await datagram_answered(home.address, datagram(protected, message_id=2))
    assert (again.code, again.payload) == (Code.UNAUTHORIZED, b"Replay detected")
    assert len(home.reception.heard) == 1


async def test_a_repeated_datagram_gets_the_same_answer_once_done(
    home: Home, fridge_folder: Path
) -> None:
    """A retransmission (same message id) is answered again but not acted upon again."""
    with client_context(fridge_folder) as context:
        protected = sealed_readings(context)
    sent = datagram(protected, message_id=1)
    answers = await datagrams_answered(home.address, sent, sent)
    assert answers[0] == answers[1]
    assert len(home.reception.heard) == 1


async def test_a_forged_request_is_refused(home: Home, fridge_folder: Path) -> None:
    """One flipped bit of the sealed payload is 4.00: the seal does not hold."""
    with client_context(fridge_folder) as context:
        protected = sealed_readings(context)
    protected.payload = protected.payload[:-1] + bytes([protected.payload[-1] ^ 1])
    answer = await datagram_answered(home.address, datagram(protected, message_id=1))
    assert (answer.code, answer.payload) == (Code.BAD_REQUEST, b"Decryption failed")
    assert home.reception.heard == []


async def test_an_appliance_that_asks_too_much_is_told_when_to_come_back(tmp_path: Path) -> None:
    """At its burst it is served, beyond it 4.29 with Max-Age; another appliance is still served."""
    limits = CoapLimits(requests_per_device=Rate(per_second=0.1, burst=3))
    async with a_home(tmp_path / "accounts", limits=limits) as home:
        folder = await paired(home, FRIDGE, tmp_path / "clients")
        other = await paired(home, EREADER, tmp_path / "clients")
        async with (
            a_client(home.address, folder) as fridge,
            a_client(home.address, other) as ereader,
        ):
            for _ in range(3):
                assert (await fridge.ask(Code.POST, "/v1/readings")).code == Code.CHANGED
            refused = await fridge.ask(Code.POST, "/v1/readings")
            assert refused.code == Code.TOO_MANY_REQUESTS
            assert 1 <= refused.opt.max_age <= 10
            assert (await ereader.ask(Code.POST, "/v1/readings")).code == Code.CHANGED
        assert home.server.turned_away == {"coap.too_many": 1}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_in_development_a_paired_appliance_may_name_itself(tmp_path: Path, host: str) -> None:
    """With the explicit setting, from loopback, over IPv4 and IPv6."""
    async with a_home(tmp_path / "accounts", plain=True, host=host) as home:
        await paired(home, FRIDGE, tmp_path / "clients")
        async with a_client(home.address) as client:
            answer = await client.ask(Code.POST, "/v1/readings?ep=fridge-7f3a", b"pack")
            assert answer.code == Code.CHANGED
            nobody = await client.ask(Code.POST, "/v1/readings?ep=oven-0001", b"pack")
            assert nobody.code == Code.UNAUTHORIZED
            assert home.reception.heard == [("readings", FRIDGE, b"pack", Encoding.CBOR)]


async def test_a_body_that_announces_too_much_is_refused_at_once(tmp_path: Path) -> None:
    """Size1 over 16 KiB is 4.13 with the first block, not with the seventeenth."""
    async with a_home(tmp_path / "accounts", plain=True) as home:
        await paired(home, FRIDGE, tmp_path / "clients")
        first = Message(code=Code.POST, payload=bytes(1_024), block1=(0, True, 6), size1=16_385)
        first.opt.uri_path, first.opt.uri_query = ("v1", "readings"), ("ep=fridge-7f3a",)
        answer = await datagram_answered(home.address, datagram(first, message_id=1))
        assert answer.code == Code.REQUEST_ENTITY_TOO_LARGE


async def test_only_so_many_requests_wait_for_the_store(tmp_path: Path) -> None:
    """One more than that is told to come back in a second; the waiting one is served."""
    limits = CoapLimits(requests_at_once=1)
    async with a_home(tmp_path / "accounts", plain=True, limits=limits) as home:
        await paired(home, FRIDGE, tmp_path / "clients")
        home.reception.open.clear()
        async with a_client(home.address) as client, asyncio.TaskGroup() as group:
            path = "/v1/readings?ep=fridge-7f3a"
            waiting = group.create_task(client.ask(Code.POST, path))
            await asyncio.sleep(0.3)
            refused = await client.ask(Code.POST, path)
            assert (refused.code, refused.opt.max_age) == (Code.SERVICE_UNAVAILABLE, 1)
            home.reception.open.set()
        assert waiting.result().code == Code.CHANGED


async def test_notifications_of_two_observers_are_each_their_own(
    home: Home, fridge: Client, tmp_path: Path
) -> None:
    """A surface of one appliance changes: only that appliance hears of it."""
    folder = await paired(home, EREADER, tmp_path / "others")
    async with a_client(home.address, folder) as ereader:
        lock = await ereader.observe("/v1/placement/ereader.lock")
        door = await fridge.observe("/v1/placement/fridge.door")
        await home.surfaces.show(a_placement(), language="de")
        assert (await door.next()).payload
        with pytest.raises(TimeoutError):
            await lock.next(within_s=0.5)
