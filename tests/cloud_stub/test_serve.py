"""Readers only: what the catalogue's two servers refuse, asked by libraries and by hand."""

import asyncio
import gc
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiomqtt
import pytest

from cloud_stub import serve_coap
from cloud_stub.pki import SERVER_NAME, Pki, open_pki
from cloud_stub.public_files import PublicFiles
from cloud_stub.serve_coap import open_coap
from cloud_stub.serve_mqtt import BARRIER, ROOT, open_mqtt
from tests.catalogue_world import ServedFiles
from tests.fakes.clock import NOON

HEAD = "metadata/timestamp.json"
FILES = ServedFiles({HEAD: b"head", "targets/butter/" + "a" * 64 + ".offers.cbor": b"b" * 40_000})
CSM = bytes.fromhex("40e122800020")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Pki:
    """One authority for all of these."""
    return open_pki(tmp_path_factory.mktemp("pki"), real_now=NOON)


def trusting(pki: Pki) -> ssl.SSLContext:
    """TLS as a home speaks it, but for the name."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.load_verify_locations(pki.ca)
    return tls


@asynccontextmanager
async def speaking(
    port: int, tls: ssl.SSLContext, name: str = SERVER_NAME
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A TLS connection that has greeted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls, server_hostname=name)
    writer.write(CSM)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(ssl.SSLError):  # its greeting may cross our farewell
            await writer.wait_closed()


async def asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> bytes:
    """What has arrived a while after a request."""
    writer.write(request)
    await asyncio.sleep(0.3)
    return await reader.read(64 * 1024)


@pytest.mark.parametrize(
    ("code", "answer"), [(1, 0x45), (2, 0x85), (3, 0x85), (4, 0x85), (5, 0x85)]
)
async def test_nothing_but_get_is_answered(pki: Pki, code: int, answer: int) -> None:
    """GET brings the file; POST, PUT, DELETE and FETCH bring 4.05."""
    path = b"\xb8metadata\x0d\x01timestamp.json"
    request = bytes([13 << 4, len(path) - 13, code]) + path
    async with open_coap(FILES, pki, "127.0.0.1", 0) as port, speaking(port, trusting(pki)) as home:
        heard = await asked(*home, request)
    assert bytes([answer]) in heard
    assert (b"head" in heard) == (code == 1)


async def test_another_name_is_turned_away_at_the_handshake(pki: Pki) -> None:
    """The server answers to its own name only."""
    tls = trusting(pki)
    tls.check_hostname = False
    async with open_coap(FILES, pki, "127.0.0.1", 0) as port:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            async with speaking(port, tls, "evil.example"):
                pass


async def test_a_full_server_turns_the_next_one_away(
    pki: Pki, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the limit the handshake fails; when one leaves, there is room again."""
    monkeypatch.setattr(serve_coap, "CONNECTIONS_MOST", 1)
    async with open_coap(FILES, pki, "127.0.0.1", 0) as port:
        async with speaking(port, trusting(pki)):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                async with speaking(port, trusting(pki)):
                    pass
        await asyncio.sleep(0.1)
        gc.collect()
        async with speaking(port, trusting(pki)):
            pass


@asynccontextmanager
async def reading(port: int, pki: Pki) -> AsyncIterator[aiomqtt.Client]:
    """An MQTT client we did not write, that trusts the authority."""
    tls = trusting(pki)
    tls.check_hostname = False
    async with aiomqtt.Client("127.0.0.1", port, tls_context=tls, timeout=5) as client:
        yield client


async def test_files_are_retained_messages(pki: Pki) -> None:
    """A reader gets the file it subscribes to, then the barrier."""
    async with open_mqtt(FILES, pki, "127.0.0.1", 0) as (_, port), reading(port, pki) as client:
        await client.subscribe([(ROOT + HEAD, 0), (BARRIER, 0)])
        first, second = await anext(client.messages), await anext(client.messages)
    assert (first.topic.value, first.payload, first.retain) == (ROOT + HEAD, b"head", True)
    assert second.topic.value == BARRIER


@pytest.mark.parametrize(
    "topic", ["#", "catalogue/v1/#", "catalogue/v1/+/timestamp.json", "$SYS/#"]
)
async def test_wildcards_are_refused(pki: Pki, topic: str) -> None:
    """One request costs one file, never the whole catalogue."""
    async with open_mqtt(FILES, pki, "127.0.0.1", 0) as (_, port), reading(port, pki) as client:
        granted = await client.subscribe(topic)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await anext(client.messages)
    assert [code if isinstance(code, int) else code.value for code in granted] == [0x80]


async def test_nobody_can_publish(pki: Pki) -> None:
    """What a reader publishes is dropped: nobody gets it, nothing is retained."""
    async with open_mqtt(FILES, pki, "127.0.0.1", 0) as (_, port):
        async with reading(port, pki) as vandal:
            await vandal.publish(ROOT + HEAD, b"forged", qos=1, retain=True)
        async with reading(port, pki) as client:
            await client.subscribe(ROOT + HEAD)
            assert (await anext(client.messages)).payload == b"head"


async def test_a_refresh_brings_the_new_and_drops_the_old(pki: Pki) -> None:
    """The broker holds what the repository holds, and no more."""
    files = ServedFiles({HEAD: b"old", "metadata/1.root.json": b"root"})
    async with open_mqtt(files, pki, "127.0.0.1", 0) as (retained, port):
        files.files = {HEAD: b"new"}
        await retained.refresh()
        async with reading(port, pki) as client:
            await client.subscribe([(f"{ROOT}metadata/1.root.json", 0), (ROOT + HEAD, 0)])
            assert (await anext(client.messages)).payload == b"new"


@pytest.mark.parametrize(
    "name",
    [
        "../keys/root.pem",
        "metadata/../../keys/root.pem",
        "keys/root.pem",
        "metadata",
        "",
        "/etc/passwd",
    ],
)
def test_only_files_of_the_catalogue_can_be_read(tmp_path: Path, name: str) -> None:
    """Keys lie next to the repository and are out of reach by any name."""
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "root.pem").write_text("secret")
    (tmp_path / "repository" / "metadata").mkdir(parents=True)
    assert PublicFiles(tmp_path / "repository").read(name) is None
