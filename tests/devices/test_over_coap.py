"""An appliance over CoAP with OSCORE, against a small runtime on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import aiocoap
import pytest
from aiocoap import resource

from devices.appliance import Measurement
from devices.coap_exchange import CoapAddress, open_security
from devices.credentials import Credentials, CredentialsError
from devices.ereader import EReader
from devices.link import LinkLostError
from devices.over_coap import CoapLink, open_coap, pair_over_coap
from devices.pairing import Attempt, PairingError
from devices.placement import Placement
from devices.reactions import Reaction
from devices.run import Emulation
from tests.devices.builders import NOON, a_placement_body, some_credentials
from tests.devices.small_runtime import Heard, free_udp_port, open_small_runtime

pytestmark = pytest.mark.slow

MANIFEST = {"title": "E-reader", "filler": "x" * 3000}

Opener = Callable[[], AbstractAsyncContextManager[CoapLink]]


class Yes(resource.Resource):  # type: ignore[misc]  # aiocoap has no types
    """Says yes to everything, in the clear."""

    async def render(self, _request: aiocoap.Message) -> aiocoap.Message:
        """Yes."""
        return aiocoap.Message(code=aiocoap.CREATED, location_path=("rd", "7"))


def a_measurement(value: float = 12.0) -> Measurement:
    return Measurement(name="crime", time=NOON, value=value, unit="count")


@pytest.fixture
def heard() -> Heard:
    return Heard(code="0123-4567-89AB")


@pytest.fixture
def credentials() -> Credentials:
    return some_credentials()


@pytest.fixture
def port() -> int:
    return free_udp_port()


@pytest.fixture
async def runtime(
    heard: Heard, credentials: Credentials, tmp_path: Path, port: int
) -> AsyncIterator[CoapAddress]:
    async with open_small_runtime(credentials, tmp_path / "runtime", heard, port=port):
        yield CoapAddress(hostinfo=f"127.0.0.1:{port}")


@pytest.fixture
async def opener(credentials: Credentials, tmp_path: Path, port: int) -> AsyncIterator[Opener]:
    address = CoapAddress(hostinfo=f"127.0.0.1:{port}")
    with open_security(credentials, tmp_path / "appliance") as security:
        yield partial(
            open_coap, address, security, credentials, manifest=MANIFEST, surface="ereader.lock"
        )


@pytest.mark.usefixtures("runtime")
async def test_registers_and_sends_its_manifest_before_the_first_reading(
    opener: Opener, heard: Heard
) -> None:
    """Registration, manifest (block-wise, being over 1024 bytes), readings: in this order."""
    async with opener() as link:
        await link.send_readings([a_measurement()])

    assert heard.paths == ["rd", "v1/manifest", "v1/readings", "rd/7"]
    assert heard.queries == ["ep=ereader-7f3a", "lt=60"]
    assert json.loads(heard.manifests[0]) == MANIFEST
    assert heard.packs[0][0][0] == "crime"


@pytest.mark.usefixtures("runtime")
async def test_takes_its_registration_back_when_it_leaves(opener: Opener, heard: Heard) -> None:
    """An appliance that is switched off is not seen as there."""
    async with opener():
        assert heard.registered

    assert not heard.registered


@pytest.mark.usefixtures("runtime")
async def test_sees_what_is_to_be_shown_and_when_it_is_taken_away(
    opener: Opener, heard: Heard
) -> None:
    """Nothing, then a placement, then nothing again: each within a second."""
    seen: list[Placement | None] = []
    async with opener() as link, asyncio.timeout(5):
        placements = link.placements()
        seen.append(await anext(placements))
        heard.show(a_placement_body(surface="ereader.lock"))
        seen.append(await anext(placements))
        heard.show(None)
        seen.append(await anext(placements))
        await placements.aclose()

    assert [one.id if one else None for one in seen] == [None, "p-1", None]


@pytest.mark.usefixtures("runtime")
async def test_sends_what_was_pressed(opener: Opener, heard: Heard) -> None:
    """A reaction names its placement, its kind and its instant."""
    async with opener() as link:
        await link.send_reaction(Reaction(placement="p-1", kind="save", at=NOON))

    assert heard.reactions == [{"placement": "p-1", "kind": "save", "at": int(NOON.timestamp())}]


@pytest.mark.usefixtures("runtime")
async def test_a_pack_that_is_refused_for_good_is_not_sent_again(
    opener: Opener, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    """A 4.00 is logged with its rule and ends the matter."""
    heard.readings_answer = aiocoap.BAD_REQUEST

    async with opener() as link:
        await link.send_readings([a_measurement()])

    assert "too late" in caplog.text


@pytest.mark.parametrize("answer", [aiocoap.TOO_MANY_REQUESTS, aiocoap.SERVICE_UNAVAILABLE])
@pytest.mark.usefixtures("runtime")
async def test_a_pack_that_is_refused_for_now_breaks_the_link(
    opener: Opener, heard: Heard, answer: aiocoap.Code
) -> None:
    """So that the firmware comes back later with the same pack."""
    heard.readings_answer = answer

    with pytest.RaisesGroup(LinkLostError):
        async with opener() as link:
            await link.send_readings([a_measurement()])


async def test_a_runtime_with_other_keys_gets_nothing(
    heard: Heard, tmp_path: Path, port: int, opener: Opener
) -> None:
    """Whoever has not the context can neither read nor answer: the link is not opened."""
    stranger = some_credentials(secret=bytes(16))
    async with open_small_runtime(stranger, tmp_path / "stranger", heard, port=port):
        with pytest.raises(LinkLostError):
            async with opener():
                pytest.fail("opened a link to a stranger")

    assert heard.paths == []


async def test_an_answer_in_the_clear_is_no_answer(opener: Opener, port: int) -> None:
    """Whoever sits in between can say 2.05 to everything, and is not believed."""
    server = await aiocoap.Context.create_server_context(
        Yes(), bind=("127.0.0.1", port), transports=["udp6"]
    )
    try:
        with pytest.raises(LinkLostError):
            async with opener():
                pytest.fail("believed a stranger")
    finally:
        await server.shutdown()


async def test_nobody_there_is_a_lost_link(opener: Opener) -> None:
    """A runtime that does not listen is told apart from a broken program."""
    with pytest.raises(LinkLostError):
        async with opener():
            pytest.fail("opened a link to nobody")


async def test_pairs_with_the_right_code(
    runtime: CoapAddress, heard: Heard, credentials: Credentials
) -> None:
    """The manifest arrives word by word; name and keys come back."""
    reader = a_manifest()
    attempt = Attempt.with_code("0123-4567-89ab", reader, nonce=bytes(16))

    paired = await pair_over_coap(runtime.hostinfo, attempt, now=NOON)

    assert paired.device == "ereader-7f3a"
    assert paired.oscore == credentials.oscore
    assert json.loads(heard.manifests[0]) == reader


async def test_does_not_pair_with_a_wrong_code(runtime: CoapAddress) -> None:
    """The runtime says no, and no more."""
    attempt = Attempt.with_code("0123-4567-89AC", {}, nonce=bytes(16))

    with pytest.raises(PairingError, match="refused"):
        await pair_over_coap(runtime.hostinfo, attempt, now=NOON)


def test_one_context_has_one_user(credentials: Credentials, tmp_path: Path) -> None:
    """A second process with the same keys would use a sequence number twice: it is refused."""
    with (
        open_security(credentials, tmp_path / "keys"),
        pytest.raises(CredentialsError, match="in use"),
        open_security(credentials, tmp_path / "keys"),
    ):
        pytest.fail("opened twice")


async def test_sequence_numbers_go_on_after_a_restart(
    runtime: CoapAddress, credentials: Credentials, tmp_path: Path, heard: Heard
) -> None:
    """The runtime takes nothing twice: an appliance that began anew would not be heard."""
    for _ in range(2):
        with open_security(credentials, tmp_path / "keys") as security:
            async with open_coap(
                runtime, security, credentials, manifest={}, surface="ereader.lock"
            ) as link:
                await link.send_readings([a_measurement()])

    assert len(heard.packs) == 2


def a_manifest() -> dict[str, object]:
    return Emulation(kind=EReader.kind, seed=1).sensors(joined=NOON).manifest()


def test_a_lifetime_counts_in_the_runtimes_seconds() -> None:
    """At a day in 20 seconds, a real minute is three days; the wire's bounds hold."""
    assert CoapAddress(hostinfo="h:1").lifetime == 60
    assert CoapAddress(hostinfo="h:1", speed=4320).lifetime == 259_200
    assert CoapAddress(hostinfo="h:1", speed=100_000).lifetime == 604_800
